import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";

class Crisis extends models.Model {
    before = fields.Float();
    curve = fields.Json();

    _records = [
        {id: 1, before: 53, curve: days(53, 44, 48)},
        {id: 2, before: 51, curve: days(51, 50.8, 52)},
    ];
}

function days(...indexes) {
    return indexes.map((index, day) => ({date: `2026-11-0${day + 1}`, index}));
}

defineModels([Crisis]);
defineMailModels();

async function mount(resId) {
    const arch = `<form>
        <field name="before" invisible="1"/>
        <field name="curve" widget="trust_curve" options="{'before': 'before'}"/>
    </form>`;
    await mountView({type: "form", resModel: "crisis", resId, arch});
}

test("I5: the curve says in words how far trust fell", async () => {
    await mount(1);
    expect(".o_field_widget[name=curve]").toHaveText(
        /stood at 53, fell to 44 and is at 48/
    );
});

test("I5: where trust did not fall, the curve does not say so", async () => {
    await mount(2);
    expect(".o_field_widget[name=curve]").toHaveText(/stood at 51 and is at 52/);
});
