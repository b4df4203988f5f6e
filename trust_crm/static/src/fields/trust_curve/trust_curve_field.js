import {Component} from "@odoo/owl";
import {formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatInteger} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const {DateTime} = luxon;
const WIDTH = 100;
const HEIGHT = 30;
const MIN_SPAN = 8;

/** How an index went down and came back: a line, and the level it came from. */
export class TrustCurveField extends Component {
    static template = "trust_crm.TrustCurveField";
    static props = {
        ...standardFieldProps,
        before: {type: String, optional: true},
        since: {type: String, optional: true},
    };

    get points() {
        return (this.props.record.data[this.props.name] || []).map(({date, index}) => ({
            day: DateTime.fromISO(date),
            index,
        }));
    }

    get level() {
        return this.props.record.data[this.props.before] || 0;
    }

    get scale() {
        const values = [...this.points.map(({index}) => index), this.level || 50];
        const low = Math.min(...values);
        const high = Math.max(...values);
        const span = Math.max(high - low, MIN_SPAN) * 1.2;
        const start = this.points[0].day.toMillis();
        const end = this.points.at(-1).day.toMillis();
        return {
            x: (day) => ((day.toMillis() - start) / (end - start || 1)) * WIDTH,
            y: (index) => HEIGHT / 2 - ((index - (low + high) / 2) / span) * HEIGHT,
        };
    }

    get line() {
        const {x, y} = this.scale;
        return this.points
            .map(({day, index}) => `${x(day).toFixed(2)},${y(index).toFixed(2)}`)
            .join(" ");
    }

    get levelY() {
        return this.scale.y(this.level);
    }

    get noticedX() {
        const since = this.props.record.data[this.props.since];
        const {x} = this.scale;
        return since ? Math.min(WIDTH, Math.max(0, x(since))) : 0;
    }

    get firstDay() {
        return formatDate(this.points[0].day);
    }

    get lastDay() {
        return formatDate(this.points.at(-1).day);
    }

    get words() {
        const lowest = Math.round(Math.min(...this.points.map(({index}) => index)));
        const level = Math.round(this.level);
        const before = formatInteger(level);
        const now = formatInteger(Math.round(this.points.at(-1).index));
        if (lowest >= level) {
            return _t("It stood at %(before)s and is at %(now)s.", {before, now});
        }
        return _t("It stood at %(before)s, fell to %(lowest)s and is at %(now)s.", {
            before,
            lowest: formatInteger(lowest),
            now,
        });
    }
}

registry.category("fields").add("trust_curve", {
    component: TrustCurveField,
    displayName: _t("Curve of recovery"),
    supportedTypes: ["jsonb", "json"],
    extractProps: ({options}) => ({before: options.before, since: options.since}),
});
