import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/**
 * Five kinds of needs, always all five: what is known of each, or the question to ask.
 * Writes a need the moment its words or its state change, apart from the form's record.
 */
export class TrustNeedsCard extends Component {
    static template = "trust_crm.TrustNeedsCard";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({card: null, error: "", adding: false});
        useRecordObserver((record) => this.load(record.resModel, record.resId));
    }

    async load(model, id) {
        this.target = [model, id];
        if (!id) {
            this.state.card = null;
            return;
        }
        const call = this.orm.silent.call("trust.need", "get_card", [model, id]);
        try {
            const card = await this.keepLast.add(call);
            Object.assign(this.state, {card, error: "", adding: false});
        } catch (error) {
            const message = error.data?.message || _t("The needs could not be read.");
            Object.assign(this.state, {card: null, error: message});
        }
    }

    reload() {
        return this.load(...this.target);
    }

    /** Whatever comes of it, the card shows afterwards what is stored. */
    async change(method, ...args) {
        try {
            await this.orm.call("trust.need", method, args);
        } finally {
            await this.reload();
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.shiftKey && !ev.isComposing) {
            ev.preventDefault();
            ev.target.blur();
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            ev.target.value = ev.target.dataset.was;
            ev.target.blur();
        }
    }

    async add(kind, ev) {
        const name = ev.target.value.trim();
        if (name) {
            await this.change("create", [{...this.state.card.defaults, kind, name}]);
        }
    }

    async rename(need, ev) {
        const name = ev.target.value.trim();
        if (!name) {
            ev.target.value = need.name;
        } else if (name !== need.name) {
            await this.change("write", [need.id], {name});
        }
    }

    /** A guess is confirmed before it is met. */
    mayBecome(need, state) {
        return state !== "met" || need.state !== "hypothesis";
    }

    async setState(need, state) {
        if (state !== need.state) {
            await this.change("write", [need.id], {state});
        }
    }

    startAdding(kind) {
        this.state.adding = kind;
    }

    open(need) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "trust.need",
            res_id: need.id,
            views: [[false, "form"]],
        });
    }
}

export const trustNeedsCard = {component: TrustNeedsCard};

registry.category("view_widgets").add("trust_needs_card", trustNeedsCard);
