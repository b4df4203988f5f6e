import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";

/** (credibility + reliability + intimacy) over self-orientation, drawn as a fraction. */
export class TrustFraction extends Component {
    static template = "trust_crm.TrustFraction";
    static props = {
        parts: {type: Array, element: Object},
        selfOrientation: Object,
        /** the value of a part nobody knows anything about, on the same 1..10 */
        neutral: Number,
        /** key of the part that is explained */
        explained: {type: String, optional: true},
        onExplain: Function,
    };

    onClick(part) {
        this.props.onExplain(part.key === this.props.explained ? "" : part.key);
    }

    label(part, lessIsBetter) {
        return lessIsBetter ? _t("%s (less is better)", part.label) : part.label;
    }

    format(value) {
        return formatFloat(value, {digits: [16, 1]});
    }

    /** A part of 1..10 fills tenths of its bar. */
    width(value) {
        return `${value * 10}%`;
    }

    tone(value, lessIsBetter = false) {
        if (this.format(value) === this.format(this.props.neutral)) {
            return "o_trust_band_2";
        }
        return value > this.props.neutral !== lessIsBetter
            ? "o_trust_band_3"
            : "o_trust_band_1";
    }
}
