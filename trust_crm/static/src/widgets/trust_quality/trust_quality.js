import {Component, useState} from "@odoo/owl";
import {deserializeDateTime, toLocaleDateString} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {formatInteger} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {TrustReasons} from "../trust_panel/trust_reasons";

/** A part of somebody nobody knows anything about. */
const NEUTRAL = 50;

/**
 * Satisfaction, trust, commitment and friendship as bars; each opens its reasons. Shows
 * what `trust.relationship.get_trust_quality` says and computes nothing but positions.
 */
export class TrustQuality extends Component {
    static template = "trust_crm.TrustQuality";
    static components = {TrustReasons};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({quality: null, failed: false, opened: null});
        useRecordObserver((record) => this.load(record.resId));
    }

    async load(relationshipId) {
        if (!relationshipId) {
            this.state.quality = null;
            return;
        }
        const call = this.orm.silent.call("trust.relationship", "get_trust_quality", [
            [relationshipId],
        ]);
        try {
            const quality = await this.keepLast.add(call);
            Object.assign(this.state, {quality, failed: false});
        } catch {
            this.state.failed = true;
        }
    }

    reload() {
        this.load(this.props.record.resId);
    }

    get quality() {
        return this.state.quality;
    }

    get groups() {
        return [
            {key: "parts", title: "", rows: this.quality.parts},
            {
                key: "beside",
                title: _t("What else keeps them, shown beside and never added"),
                rows: this.quality.beside,
            },
        ];
    }

    get indexSentence() {
        const {index} = this.quality;
        return index.judged ? this.format(index.value) : "–";
    }

    get encounter() {
        const {score, date, about} = this.quality.encounter;
        const day = toLocaleDateString(deserializeDateTime(date));
        return about
            ? _t("%(score)s of 5 for %(about)s, %(date)s", {score, about, date: day})
            : _t("%(score)s of 5, %(date)s", {score, date: day});
    }

    format(value) {
        return formatInteger(Math.round(value));
    }

    valueOf(part) {
        return part.judged ? this.format(part.value) : "–";
    }

    /** What binds a customer is neither good nor bad: it has a colour of its own. */
    tone(part) {
        if (part.judged && this.quality.beside.includes(part)) {
            return "o_trust_band_4";
        }
        const rounded = Math.round(part.value);
        if (!part.judged || rounded === NEUTRAL) {
            return "o_trust_band_2";
        }
        return rounded > NEUTRAL ? "o_trust_band_3" : "o_trust_band_1";
    }

    hasMore(part) {
        return Boolean(
            part.parts.length || part.reasons_up.length || part.reasons_down.length
        );
    }

    isOpened(part) {
        return this.state.opened === part.key;
    }

    toggle(part) {
        this.state.opened = this.isOpened(part) ? null : part.key;
    }

    openReason({model, res_id}) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id,
            views: [[false, "form"]],
        });
    }

    openEncounter() {
        this.openReason({
            model: "trust.feedback",
            res_id: this.quality.encounter.feedback_id,
        });
    }
}

export const trustQuality = {component: TrustQuality};

registry.category("view_widgets").add("trust_quality", trustQuality);
