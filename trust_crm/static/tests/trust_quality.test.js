import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {animationFrame, click, queryAllTexts} from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Relationship extends models.Model {
    _name = "trust.relationship";

    name = fields.Char();
    quality_judged = fields.Char();
    satisfaction = fields.Float();
    friendship = fields.Float();

    _records = [
        {
            id: 7,
            name: "Azure Interior",
            satisfaction: 71.6,
            friendship: 50,
            quality_judged: "satisfaction commitment_affective",
        },
    ];
}

defineModels([Relationship]);
defineMailModels();

const part = (key, value, more = {}) => ({
    key,
    label: key,
    help: "",
    value,
    judged: true,
    reasons_up: [],
    reasons_down: [],
    parts: [],
    ...more,
});

const REASON = {
    signal: "feedback_good",
    label: "Good feedback",
    count: 3,
    effect: 8.2,
    date: "2026-11-14 10:00:00",
    model: false,
    res_id: false,
    name: false,
    can_open: false,
};

const QUALITY = {
    id: 7,
    index: part("Relationship Quality", 62.4),
    captive: true,
    encounter: {score: 4, date: "2026-11-14 10:00:00", about: "Visit", feedback_id: 9},
    parts: [
        part("satisfaction", 71.6, {reasons_up: [REASON]}),
        part("trust_index", 61.2),
        part("commitment_affective", 48.8),
        part("friendship", 50, {
            judged: false,
            parts: [part("friendship_sociable", 66, {reasons_up: [REASON]})],
        }),
    ],
    beside: [part("commitment_continuance", 64), part("commitment_normative", 50)],
};

const mountCard = (quality) => {
    onRpc("trust.relationship", "get_trust_quality", () => quality);
    return mountView({
        type: "form",
        resModel: "trust.relationship",
        resId: 7,
        arch: `<form><widget name="trust_quality"/></form>`,
    });
};

test("four parts, what stands beside, and a dash for little evidence", async () => {
    await mountCard(QUALITY);
    expect(queryAllTexts(".o_trust_quality_value")).toEqual([
        "72",
        "61",
        "49",
        "–",
        "64",
        "50",
    ]);
    expect(".o_trust_quality_index").toHaveText("62");
    expect(".o_trust_warning").toHaveText("Captive, not loyal");
});

test("a part opens its reasons, friendship its three parts", async () => {
    await mountCard(QUALITY);
    expect(".o_trust_reason").toHaveCount(0);
    await click("[data-part=satisfaction] button");
    await animationFrame();
    expect("[data-part=satisfaction] .o_trust_reason").toHaveCount(1);
    await click("[data-part=friendship] button");
    await animationFrame();
    expect("[data-part=satisfaction] .o_trust_reason").toHaveCount(0);
    expect(queryAllTexts("[data-part=friendship] .o_trust_quality_value")).toEqual([
        "–",
        "66",
    ]);
});

test("nothing told yet", async () => {
    await mountCard({
        ...QUALITY,
        captive: false,
        encounter: false,
        index: part("Relationship Quality", 50, {judged: false}),
    });
    expect(".o_trust_quality_index").toHaveText("–");
    expect(".o_trust_warning").toHaveCount(0);
    expect(".o_trust_quality").toHaveText(/Nobody has told yet/);
});

test("a column shows a number or a dash", async () => {
    await mountView({
        type: "list",
        resModel: "trust.relationship",
        arch: `<list>
            <field name="satisfaction" widget="trust_part" digits="[16, 0]"/>
            <field name="friendship" widget="trust_part" digits="[16, 0]"/>
        </list>`,
    });
    expect(queryAllTexts(".o_data_row .o_data_cell")).toEqual(["72", "–"]);
});
