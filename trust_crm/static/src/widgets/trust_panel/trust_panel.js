import {Component, useState} from "@odoo/owl";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    today,
} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {formatInteger, formatPercentage} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {TrustRing} from "../../components/trust_ring/trust_ring";
import {joinWords} from "../../trust_words";
import {TrustFraction} from "./trust_fraction";
import {TrustMovement} from "./trust_movement";
import {TrustPart} from "./trust_part";
import {TrustReasons} from "./trust_reasons";
import {TrustSparkline} from "./trust_sparkline";

/** The index of somebody nobody knows anything about. */
const NEUTRAL_INDEX = 50;

/**
 * How far this customer trusts us, why, and where it is heading. Shows what
 * `trust.relationship.get_trust_panel` says and computes nothing but positions.
 */
export class TrustPanel extends Component {
    static template = "trust_crm.TrustPanel";
    static components = {
        TrustFraction,
        TrustMovement,
        TrustPart,
        TrustReasons,
        TrustRing,
        TrustSparkline,
    };
    static props = {
        ...standardWidgetProps,
        /** many2one to the relationship; without it the record is the relationship */
        relationshipField: {type: String, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({
            status: "loading",
            panel: null,
            error: "",
            period: null,
            part: "",
        });
        useRecordObserver((record) => {
            this.load(this.getRelationshipId(record));
        });
    }

    getRelationshipId(record) {
        if (this.props.relationshipField) {
            return record.data[this.props.relationshipField]?.id || false;
        }
        return (record.data && record.resId) || false;
    }

    async load(relationshipId) {
        if (!relationshipId) {
            this.keepLast.add(Promise.resolve());
            Object.assign(this.state, {status: "none", panel: null});
            return;
        }
        if (this.state.panel?.id !== relationshipId) {
            Object.assign(this.state, {
                status: "loading",
                panel: null,
                period: null,
                part: "",
            });
        }
        const call = this.orm.silent.call("trust.relationship", "get_trust_panel", [
            [relationshipId],
        ]);
        try {
            const panel = await this.keepLast.add(call);
            // A relationship made a moment ago has no score yet.
            Object.assign(this.state, {status: panel.index ? "ready" : "none", panel});
        } catch (error) {
            const message = error.data?.message || "";
            Object.assign(this.state, {status: "error", error: message});
        }
    }

    reload() {
        this.state.status = "loading";
        this.load(this.getRelationshipId(this.props.record));
    }

    get panel() {
        return this.state.panel;
    }

    get index() {
        return formatInteger(Math.round(this.panel.index));
    }

    get whyTitle() {
        const index = this.index;
        const plain = this.panel.transferred || index === formatInteger(NEUTRAL_INDEX);
        return plain ? _t("Why %s", index) : _t("Why %s, and not 50", index);
    }

    get title() {
        return _t("How far %s trusts us", this.panel.name);
    }

    /** The part of the fraction that the reader asked about. */
    get part() {
        const {parts, self_orientation: against} = this.panel;
        return [...parts, against].find(({key}) => key === this.state.part);
    }

    /** "Insider since March": of the circle, when it was not always so. */
    get circle() {
        const {circle, circle_since: since} = this.panel;
        if (!since) {
            return circle.name;
        }
        return _t("%(circle)s since %(month)s", {circle: circle.name, month: since});
    }

    get asOf() {
        return _t("as of %s", formatDate(deserializeDateTime(this.panel.as_of)));
    }

    get lender() {
        return (
            this.panel.transferred && _t("Transferred from %s", this.panel.transferred)
        );
    }

    get override() {
        const {reason, until} = this.panel.override;
        if (!until) {
            return _t("Set by hand: “%s”.", reason);
        }
        return _t("Set by hand until %(date)s: “%(reason)s”.", {
            date: formatDate(deserializeDate(until)),
            reason,
        });
    }

    get computed() {
        const {circle_computed: circle, stage_computed: stage} = this.panel;
        const names = [circle?.name, stage?.name].filter(Boolean);
        return names.length && _t("The evidence alone says: %s.", joinWords(names));
    }

    get missing() {
        const {label, hint} = this.panel.missing_step;
        return _t("Least is known about: %(step)s. %(hint)s", {step: label, hint});
    }

    /** Who of us holds the trust, when one person holds most of it. */
    get holder() {
        const [bond] = this.panel.bonds || [];
        if (!bond || !bond.single_thread) {
            return "";
        }
        return _t("%(name)s holds %(share)s of the trust", {
            name: bond.name,
            share: formatPercentage(bond.share, {digits: [16, 0]}),
        });
    }

    get outlookSentence() {
        const [near, far] = this.panel.outlook || [];
        if (!far) {
            return "";
        }
        return _t(
            "If nothing happens: %(near)s in %(near_days)s days, %(far)s in %(far_days)s days",
            {
                near: formatInteger(Math.round(near.index)),
                near_days: near.days,
                far: formatInteger(Math.round(far.index)),
                far_days: far.days,
            }
        );
    }

    /** Months since the first known point, newest first, as yyyy-MM. */
    get months() {
        const first = this.panel.history.length
            ? deserializeDateTime(this.panel.history[0].date)
            : today();
        const months = [];
        for (let day = today().startOf("month"); day >= first.startOf("month");) {
            months.push(day.toFormat("yyyy-MM"));
            day = day.minus({months: 1});
        }
        return months;
    }

    explain(part) {
        this.state.part = part;
    }

    async openDoor(door) {
        const action = await this.orm.call("trust.relationship", "open_panel_door", [
            [this.panel.id],
            door,
        ]);
        await this.action.doAction(action, {onClose: () => this.refresh()});
    }

    /** Read again without a word: what is shown stays until the answer is here. */
    refresh() {
        this.load(this.getRelationshipId(this.props.record));
    }

    showMovement(period) {
        this.state.period = period;
    }

    openReason({model, res_id}) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id,
            views: [[false, "form"]],
        });
    }

    async openEvidence() {
        this.action.doAction(
            await this.orm.call("trust.relationship", "action_open_evidence", [
                [this.panel.id],
            ])
        );
    }

    async openHistory() {
        this.action.doAction(
            await this.orm.call("trust.relationship", "action_open_history", [
                [this.panel.id],
            ])
        );
    }
}

export const trustPanel = {
    component: TrustPanel,
    extractProps: ({attrs}) => ({relationshipField: attrs.relationship_field}),
    fieldDependencies: ({attrs}) =>
        attrs.relationship_field
            ? [{name: attrs.relationship_field, type: "many2one"}]
            : [],
    supportedAttributes: [
        {label: _t("Relationship field"), name: "relationship_field", type: "field"},
    ],
};

registry.category("view_widgets").add("trust_panel", trustPanel);
