import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {TrustToneGraphRenderer} from "@trust_crm/views/trust_tone/trust_tone_graph";
import {expect, test} from "@odoo/hoot";
import {
    defineModels,
    fields,
    models,
    mountView,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";

const TONES = [
    ["good", "Pleasant"],
    ["mixed", "Neither"],
    ["bad", "Unpleasant"],
];

class Felt extends models.Model {
    _name = "trust.encounter.feeling";

    stage = fields.Selection({selection: [["during", "During"]]});
    tone = fields.Selection({selection: TONES});

    _records = [
        {id: 1, stage: "during", tone: "bad"},
        {id: 2, stage: "during", tone: "good"},
    ];
}

defineModels([Felt]);
defineMailModels();

test("what was pleasant never wears the colour of what was not", async () => {
    const style = document.documentElement.style;
    style.setProperty("--trust-band-0", "rgb(181, 71, 47)");
    style.setProperty("--trust-band-3", "rgb(47, 158, 143)");
    const colours = {};
    patchWithCleanup(TrustToneGraphRenderer.prototype, {
        getBarChartData() {
            const data = super.getBarChartData();
            for (const {label, backgroundColor} of data.datasets) {
                colours[label] = backgroundColor;
            }
            return data;
        },
    });
    await mountView({
        type: "graph",
        resModel: "trust.encounter.feeling",
        arch: `
            <graph type="bar" js_class="trust_tone_graph">
                <field name="stage" />
                <field name="tone" />
            </graph>`,
    });
    style.removeProperty("--trust-band-0");
    style.removeProperty("--trust-band-3");
    expect(colours.Unpleasant).toBe("rgb(181, 71, 47)");
    expect(colours.Pleasant).toBe("rgb(47, 158, 143)");
});
