import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {bandName} from "../../trust_bands";

/** The one sign for trust: a ring filled to the index, in the band's colour. */
export class TrustRing extends Component {
    static template = "trust_crm.TrustRing";
    static props = {
        /** trust index 0..100; 0 or false: no relationship */
        index: {type: [Number, {value: false}]},
        /** key of the band; empty: little evidence */
        band: {type: [String, {value: false}], optional: true},
        /** lower and upper end of the about-range */
        about: {type: Array, element: Number, optional: true},
        /** standard deviation in index points, when the range is not at hand */
        sd: {type: Number, optional: true},
        size: {type: String, optional: true},
    };
    static defaultProps = {size: "medium"};

    get bandClass() {
        return `o_trust_band_${this.props.band || "thin"}`;
    }

    get number() {
        return formatInteger(Math.round(this.props.index));
    }

    get range() {
        const [low, high] = (this.props.about || []).map((x) =>
            formatInteger(Math.round(x))
        );
        return high ? _t("about %(low)s–%(high)s", {low, high}) : "";
    }

    get label() {
        if (!this.props.index) {
            return _t("No trust score yet");
        }
        const values = {
            index: this.number,
            range: this.range,
            sd: this.props.sd && formatInteger(Math.round(this.props.sd)),
            band: bandName(this.props.band),
        };
        if (values.range) {
            return _t("Trust index %(index)s, %(range)s: %(band)s", values);
        }
        if (values.sd) {
            return _t("Trust index %(index)s, give or take %(sd)s: %(band)s", values);
        }
        return _t("Trust index %(index)s: %(band)s", values);
    }
}
