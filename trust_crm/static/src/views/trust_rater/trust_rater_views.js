import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {GraphModel} from "@web/views/graph/graph_model";
import {graphView} from "@web/views/graph/graph_view";
import {PivotRenderer} from "@web/views/pivot/pivot_renderer";
import {pivotView} from "@web/views/pivot/pivot_view";

/** The server leaves averages of fewer than so many answers empty. */
const ENOUGH = 5;
const AVERAGES = ["perception", "expectation", "gap"];

/** An average that the server left empty reads "too few": it is no zero. */
export class TrustRaterPivotRenderer extends PivotRenderer {
    getFormattedValue(cell) {
        const empty = cell.value === null || cell.value === false;
        if (AVERAGES.includes(cell.measure) && (empty || cell.value === undefined)) {
            return {value: _t("too few")};
        }
        return super.getFormattedValue(cell);
    }
}

/** No bar for what is not known. */
export class TrustRaterGraphModel extends GraphModel {
    _getProcessedDataPoints() {
        const points = super._getProcessedDataPoints();
        const averages = AVERAGES.includes(this.metaData.measure);
        const known = ({count, value}) => count >= ENOUGH && Number.isFinite(value);
        return averages ? points.filter(known) : points;
    }
}

const views = registry.category("views");
views.add("trust_rater_pivot", {...pivotView, Renderer: TrustRaterPivotRenderer});
views.add("trust_rater_graph", {...graphView, Model: TrustRaterGraphModel});
