import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {FloatField, floatField} from "@web/views/fields/float/float_field";

/** A part of quality on 0..100; with hardly any evidence behind it, a dash. */
export class TrustPartField extends FloatField {
    static template = "trust_crm.TrustPartField";

    get isJudged() {
        const judged = this.props.record.data.quality_judged || "";
        return judged.split(" ").includes(this.props.name);
    }
}

export const trustPartField = {
    ...floatField,
    component: TrustPartField,
    displayName: _t("Part of relationship quality"),
    supportedTypes: ["float"],
    fieldDependencies: [{name: "quality_judged", type: "char"}],
};

registry.category("fields").add("trust_part", trustPartField);
