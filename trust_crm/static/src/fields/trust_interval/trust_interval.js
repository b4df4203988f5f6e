import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatFloat} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const ROOM = 1.3;

/** A difference, the interval around it and zero, on one axis. */
export class TrustIntervalField extends Component {
    static template = "trust_crm.TrustIntervalField";
    static props = {
        ...standardFieldProps,
        scale: {type: String, optional: true},
    };

    get found() {
        return this.props.record.data[this.props.name];
    }

    get scale() {
        return this.props.record.data[this.props.scale] || "";
    }

    /** The axis reaches as far as what was found, or what was looked for. */
    get reach() {
        const {low, high, worth} = this.found;
        return Math.max(Math.abs(low), Math.abs(high), worth) * ROOM || 1;
    }

    /** Where a value lies on the axis, in percent from its start. */
    at(value) {
        return ((value / this.reach + 1) * 50).toFixed(2);
    }

    get zero() {
        return this.at(0);
    }

    get tone() {
        const {low, high} = this.found;
        if (low > 0) {
            return "better";
        }
        return high < 0 ? "worse" : "none";
    }

    get bandStyle() {
        const {low, high} = this.found;
        const start = this.at(low);
        return `inset-inline-start: ${start}%; width: ${this.at(high) - start}%`;
    }

    get worthStyle() {
        const {worth} = this.found;
        const start = this.at(-worth);
        return `inset-inline-start: ${start}%; width: ${this.at(worth) - start}%`;
    }

    styleOf(value) {
        return `inset-inline-start: ${this.at(value)}%`;
    }

    say(value) {
        return (value > 0 ? "+" : "") + formatFloat(value, {digits: [0, 1]});
    }

    get words() {
        const {effect, low, high} = this.found;
        return _t("Difference %(effect)s, between %(low)s and %(high)s", {
            effect: this.say(effect),
            low: this.say(low),
            high: this.say(high),
        });
    }
}

registry.category("fields").add("trust_interval", {
    component: TrustIntervalField,
    displayName: _t("Difference with its interval"),
    supportedTypes: ["jsonb", "json"],
    extractProps: ({options}) => ({scale: options.scale}),
});
