import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {TrustReasons} from "./trust_reasons";

/** One part of the fraction explained: what it means, and what made it so. */
export class TrustPart extends Component {
    static template = "trust_crm.TrustPart";
    static components = {TrustReasons};
    static props = {
        part: Object,
        neutral: Number,
        lessIsBetter: {type: Boolean, optional: true},
        onOpen: Function,
    };

    get title() {
        return _t("%(part)s: %(value)s of 10", {
            part: this.props.part.label,
            value: this.format(this.props.part.value),
        });
    }

    get nothing() {
        return _t(
            "Nothing that is recorded speaks of it yet: everybody starts at %s.",
            this.format(this.props.neutral)
        );
    }

    get isKnown() {
        const {reasons_up: up, reasons_down: down} = this.props.part;
        return [...up, ...down].some((row) => Math.abs(row.effect) >= 0.05);
    }

    format(value) {
        return formatFloat(value, {digits: [16, 1]});
    }
}
