import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAllAttributes, queryAllTexts} from "@odoo/hoot-dom";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";

class Customer extends models.Model {
    name = fields.Char();
    trust_index = fields.Float();
    trust_trend_30d = fields.Float();
    index_sd = fields.Float();
    trust_band = fields.Selection({
        selection: [
            ["0", "At risk"],
            ["1", "Strained"],
            ["2", "Neutral"],
            ["3", "Good"],
            ["4", "Strong"],
        ],
    });

    _records = [
        {
            id: 1,
            trust_index: 61.4,
            trust_band: "4",
            index_sd: 8.2,
            trust_trend_30d: 3.21,
        },
        {id: 2, trust_index: 50.6, trust_band: false, index_sd: 9, trust_trend_30d: -2},
        {id: 3, trust_index: false, trust_band: false, trust_trend_30d: -0.2},
    ];
}

defineModels([Customer]);
defineMailModels();

test("C5: the ring says the index and its band in words, in a list", async () => {
    await mountView({
        type: "list",
        resModel: "customer",
        arch: `<list><field name="trust_index" widget="trust_ring"/></list>`,
    });
    expect(queryAllTexts(".o_trust_ring_number")).toEqual(["61", "51", "–"]);
    expect(queryAllAttributes(".o_trust_ring", "aria-label")).toEqual([
        "Trust index 61: strong",
        "Trust index 51: little evidence",
        "No trust score yet",
    ]);
    expect(".o_trust_ring_small").toHaveCount(3);
});

test("C13: thin evidence is grey and dashed, never a coloured arc", async () => {
    await mountView({
        type: "list",
        resModel: "customer",
        arch: `<list><field name="trust_index" widget="trust_ring"/></list>`,
    });
    expect(
        ".o_data_row:eq(0) .o_trust_ring.o_trust_band_4 .o_trust_ring_arc"
    ).toHaveCount(1);
    expect(".o_data_row:eq(1) .o_trust_ring.o_trust_band_thin").toHaveCount(1);
    expect(".o_data_row:eq(1) .o_trust_ring_arc").toHaveCount(0);
    expect(".o_data_row:eq(2) .o_trust_ring_none").toHaveCount(1);
});

test("the ring fills to the index and grows with its place", async () => {
    await mountView({
        type: "form",
        resModel: "customer",
        resId: 1,
        arch: `<form>
            <field name="trust_index" widget="trust_ring" options="{'sd_field': 'index_sd'}"/>
        </form>`,
    });
    expect(".o_trust_ring_large").toHaveAttribute(
        "aria-label",
        "Trust index 61, give or take 8: strong"
    );
    expect(".o_trust_ring_arc").toHaveAttribute("stroke-dasharray", "61.4 100");
});

test("C11: the 30 day trend is an arrow with words", async () => {
    await mountView({
        type: "list",
        resModel: "customer",
        arch: `<list><field name="trust_trend_30d" widget="trust_trend"/></list>`,
    });
    expect(queryAllTexts(".o_trust_trend")).toEqual(["3.2 up", "2.0 down", "steady"]);
    expect(queryAllAttributes(".o_trust_trend", "title")).toEqual([
        "3.2 up in 30 days",
        "2.0 down in 30 days",
        "steady",
    ]);
    expect(".o_trust_trend .fa-arrow-up").toHaveCount(1);
    expect(".o_trust_trend .fa-arrow-down").toHaveCount(1);
});
