import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryOne} from "@odoo/hoot-dom";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";

class Experiment extends models.Model {
    scale = fields.Char();
    interval = fields.Json();

    _records = [
        {
            id: 1,
            scale: "index points",
            interval: {effect: 2, low: 1, high: 3, worth: 4},
        },
        {id: 2, interval: {effect: -3, low: -5, high: -1, worth: 4}},
        {id: 3, interval: {effect: 0.5, low: -1, high: 2, worth: 4}},
        {id: 4, interval: false},
    ];
}

defineModels([Experiment]);
defineMailModels();

const arch = `<form>
    <field name="scale" invisible="1"/>
    <field name="interval" widget="trust_interval" options="{'scale': 'scale'}"/>
</form>`;

async function mount(resId) {
    await mountView({type: "form", resModel: "experiment", resId, arch});
}

function startOf(selector) {
    return parseFloat(queryOne(selector).style.insetInlineStart);
}

test("I6: a difference lies right of zero, with its interval, and in words", async () => {
    await mount(1);
    expect(".o_trust_interval").toHaveAttribute(
        "aria-label",
        "Difference +2.0, between +1.0 and +3.0"
    );
    expect(".o_trust_interval_band.o_trust_interval_better").toHaveCount(1);
    expect(startOf(".o_trust_interval_zero")).toBe(50);
    expect(startOf(".o_trust_interval_band")).toBeGreaterThan(50);
    expect(startOf(".o_trust_interval_dot")).toBeGreaterThan(
        startOf(".o_trust_interval_band")
    );
    expect(".o_trust_interval:contains(index points)").toHaveCount(1);
});

test("I6: harm lies left of zero and is told apart", async () => {
    await mount(2);
    expect(".o_trust_interval_band.o_trust_interval_worse").toHaveCount(1);
    expect(startOf(".o_trust_interval_dot")).toBeLessThan(50);
});

test("I6: an interval around zero is no difference", async () => {
    await mount(3);
    expect(".o_trust_interval_band.o_trust_interval_none").toHaveCount(1);
    expect(startOf(".o_trust_interval_band")).toBeLessThan(50);
});

test("I6: before the end nothing is drawn", async () => {
    await mount(4);
    expect(".o_trust_interval").toHaveCount(0);
});
