import {registry} from "@web/core/registry";
import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {graphView} from "@web/views/graph/graph_view";

/** Which of the five bands' colours a tone wears. */
const COLOURS = {
    good: "--trust-band-3",
    mixed: "--trust-band-1",
    bad: "--trust-band-0",
};

/** Colours follow the tone of a feeling: Odoo's own order paints pleasure red. */
export class TrustToneGraphRenderer extends GraphRenderer {
    getBarChartData() {
        const data = super.getBarChartData();
        const style = getComputedStyle(document.documentElement);
        const tones = this.model.metaData.fields.tone.selection;
        for (const dataset of data.datasets) {
            const tone = tones.find(([, name]) => name === dataset.label);
            if (tone) {
                dataset.backgroundColor = style.getPropertyValue(COLOURS[tone[0]]);
            }
        }
        return data;
    }
}

registry
    .category("views")
    .add("trust_tone_graph", {...graphView, Renderer: TrustToneGraphRenderer});
