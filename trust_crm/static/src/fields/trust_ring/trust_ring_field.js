import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {TrustRing} from "../../components/trust_ring/trust_ring";

const SIZES = {list: "small", kanban: "medium", form: "large"};

/** The trust index of a record as a ring; band and spread come from sister fields. */
export class TrustRingField extends Component {
    static template = "trust_crm.TrustRingField";
    static components = {TrustRing};
    static props = {
        ...standardFieldProps,
        bandField: String,
        sdField: {type: String, optional: true},
        size: {type: String, optional: true},
    };

    get ringProps() {
        const data = this.props.record.data;
        return {
            index: data[this.props.name] || false,
            band: data[this.props.bandField] || false,
            sd: data[this.props.sdField] || undefined,
            size: this.props.size,
        };
    }
}

function bandFieldName(options) {
    return options.band_field || "trust_band";
}

export const trustRingField = {
    component: TrustRingField,
    displayName: _t("Trust ring"),
    supportedTypes: ["float"],
    supportedOptions: [
        {
            label: _t("Band field"),
            name: "band_field",
            type: "field",
            availableTypes: ["selection"],
            default: "trust_band",
        },
        {
            label: _t("Spread field"),
            name: "sd_field",
            type: "field",
            availableTypes: ["float"],
        },
        {
            label: _t("Size"),
            name: "size",
            type: "selection",
            choices: [
                {label: _t("Small"), value: "small"},
                {label: _t("Medium"), value: "medium"},
                {label: _t("Large"), value: "large"},
            ],
        },
    ],
    fieldDependencies: ({options}) => [
        {name: bandFieldName(options), type: "selection"},
        ...(options.sd_field ? [{name: options.sd_field, type: "float"}] : []),
    ],
    extractProps: ({options, viewType}) => ({
        bandField: bandFieldName(options),
        sdField: options.sd_field,
        size: options.size || SIZES[viewType] || "medium",
    }),
    listViewWidth: 64,
};

registry.category("fields").add("trust_ring", trustRingField);
