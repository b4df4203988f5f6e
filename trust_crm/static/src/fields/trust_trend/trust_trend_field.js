import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatFloat} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** How the index moved in 30 days: an arrow and words, never colour alone. */
export class TrustTrendField extends Component {
    static template = "trust_crm.TrustTrendField";
    static props = {...standardFieldProps, short: {type: Boolean, optional: true}};

    get value() {
        return this.props.record.data[this.props.name] || 0;
    }

    get points() {
        return formatFloat(Math.abs(this.value), {digits: [16, 1]});
    }

    get direction() {
        if (!Math.round(this.value)) {
            return "steady";
        }
        return this.value > 0 ? "up" : "down";
    }

    /** A list column says the period in its header. */
    get text() {
        const points = this.points;
        const short = {up: _t("%s up", points), down: _t("%s down", points)};
        return (this.props.short && short[this.direction]) || this.label;
    }

    get label() {
        const points = this.points;
        return {
            up: _t("%(points)s up in 30 days", {points}),
            down: _t("%(points)s down in 30 days", {points}),
            steady: _t("steady"),
        }[this.direction];
    }
}

export const trustTrendField = {
    component: TrustTrendField,
    displayName: _t("Trust trend"),
    supportedTypes: ["float"],
    extractProps: ({viewType}) => ({short: viewType === "list"}),
    listViewWidth: 110,
};

registry.category("fields").add("trust_trend", trustTrendField);
