import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {CircleMapList} from "./circle_map_list";
import {CircleMapPanel} from "./circle_map_panel";
import {CircleMapStage} from "./circle_map_stage";

export class CircleMapRenderer extends Component {
    static template = "trust_crm.CircleMapRenderer";
    static components = {CircleMapList, CircleMapPanel, CircleMapStage};
    static props = {
        model: Object,
        seen: Object,
        openRecord: Function,
        openList: Function,
        filterRing: Function,
    };

    /** Said when the server cut off, for a map that leaves people out must say so. */
    get cut() {
        const {count, total} = this.props.model;
        return (
            count < total &&
            _t("Showing the %(count)s with most evidence of %(total)s.", {
                count: formatInteger(count),
                total: formatInteger(total),
            })
        );
    }
}
