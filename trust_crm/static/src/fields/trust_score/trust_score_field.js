import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const TONES = {1: "danger", 2: "danger", 3: "warning", 4: "success", 5: "success"};

/** An answer of 1 to 5 as filled dots and a number; nothing answered is a dash. */
export class TrustScoreField extends Component {
    static template = "trust_crm.TrustScoreField";
    static props = {...standardFieldProps};

    get score() {
        return this.props.record.data[this.props.name] || 0;
    }

    get tone() {
        return `text-${TONES[this.score]}`;
    }

    get label() {
        return _t("%s of 5", this.score);
    }
}

export const trustScoreField = {
    component: TrustScoreField,
    displayName: _t("Answer of 1 to 5"),
    supportedTypes: ["integer"],
    listViewWidth: 96,
};

registry.category("fields").add("trust_score", trustScoreField);
