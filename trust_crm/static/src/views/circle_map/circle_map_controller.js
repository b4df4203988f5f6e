import {Component, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {useModelWithSampleData} from "@web/model/model";
import {useSetupAction} from "@web/search/action_hook";
import {CogMenu} from "@web/search/cog_menu/cog_menu";
import {Layout} from "@web/search/layout";
import {SearchBar} from "@web/search/search_bar/search_bar";
import {useSearchBarToggler} from "@web/search/search_bar/search_bar_toggler";
import {ActionHelper} from "@web/views/action_helper";
import {standardViewProps} from "@web/views/standard_view_props";

export class CircleMapController extends Component {
    static template = "trust_crm.CircleMapView";
    static components = {ActionHelper, CogMenu, Layout, SearchBar};
    static props = {
        ...standardViewProps,
        Model: Function,
        Renderer: Function,
        modelParams: Object,
    };

    setup() {
        this.action = useService("action");
        this.model = useModelWithSampleData(this.props.Model, this.props.modelParams, {
            lazy:
                !this.env.config.isReloadingController &&
                !this.env.inDialog &&
                Boolean(this.props.display?.controlPanel),
        });
        // The renderer keeps here what a reader expects to find again on coming back.
        this.seen = this.props.state?.seen || {};
        useSetupAction({
            rootRef: useRef("root"),
            getLocalState: () => ({size: this.model.size, seen: this.seen}),
            getContext: () => ({circle_map_size: this.model.size}),
        });
        this.searchBarToggler = useSearchBarToggler();
    }

    /** Otherwise the words of an empty map stand above faint rings. */
    get isFilled() {
        return this.model.hasData() && !this.model.useSampleModel;
    }

    get isFiltered() {
        return this.env.searchModel.facets.length > 0;
    }

    openRecord(id, newWindow) {
        const {dots, order} = this.model;
        const activeIds = order.map((dot) => dots.id[dot]);
        this.props.selectRecord(id, {activeIds, newWindow});
    }

    /** Open some of the dots as a list. */
    openList(name, dots) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: this.props.resModel,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [["id", "in", dots.map((dot) => this.model.dots.id[dot])]],
        });
    }

    /** Show one ring alone, as a filter that the search bar shows and removes. */
    filterRing(ring) {
        const name = ring?.name || _t("Little evidence");
        this.env.searchModel.createNewFilters([
            {
                description: _t("Circle: %(name)s", {name}),
                domain: [["circle_id", "=", ring?.id || false]],
            },
        ]);
    }
}
