import {Component} from "@odoo/owl";
import {deserializeDateTime, formatDate, today} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

const {DateTime} = luxon;
const WIDTH = 100;
const HEIGHT = 40;
/** index points the drawing spans at least, so that a calm history looks calm */
const MIN_SPAN = 12;

/** The history of the index with its dashed outlook; a month clicked asks why. */
export class TrustSparkline extends Component {
    static template = "trust_crm.TrustSparkline";
    static props = {
        index: Number,
        history: {type: Array, element: Object},
        outlook: {type: Array, element: Object},
        /** limits of the bands; the two in the middle bound "neutral" */
        bands: {type: Array, element: Number},
        months: {type: Array, element: String},
        /** deepest fall: `date`, `index`, and `text`: the facts that made it */
        turn: {type: Object, optional: true},
        onMonth: Function,
    };

    get past() {
        const now = today();
        const past = this.props.history
            .map((point) => ({
                day: deserializeDateTime(point.date),
                index: point.index,
            }))
            .filter((point) => point.day < now);
        return [...past, {day: now, index: this.props.index}];
    }

    get future() {
        return this.props.outlook.map(({days, index}) => ({
            day: today().plus({days}),
            index,
        }));
    }

    get scale() {
        const points = [...this.past, ...this.future];
        const values = points.map((point) => point.index);
        const middle = (Math.min(...values) + Math.max(...values)) / 2;
        const span =
            Math.max(Math.max(...values) - Math.min(...values), MIN_SPAN) * 1.3;
        const start = points[0].day.toMillis();
        const end = points[points.length - 1].day.toMillis();
        return {
            x: (day) => ((day.toMillis() - start) / (end - start || 1)) * WIDTH,
            y: (index) => HEIGHT / 2 - ((index - middle) / span) * HEIGHT,
        };
    }

    points(list) {
        const {x, y} = this.scale;
        return list
            .map(({day, index}) => `${x(day).toFixed(2)},${y(index).toFixed(2)}`)
            .join(" ");
    }

    get pastPoints() {
        return this.points(this.past);
    }

    get futurePoints() {
        return this.points([this.past.at(-1), ...this.future]);
    }

    /** The neutral zone as a rectangle, cut off at the edges of the drawing. */
    get neutral() {
        const {y} = this.scale;
        const clip = (value) => Math.min(Math.max(value, 0), HEIGHT);
        const top = clip(y(this.props.bands[2]));
        const height = clip(y(this.props.bands[1])) - top;
        return {top, height, bottom: ((top + height) / HEIGHT) * 100};
    }

    /** Position of today's dot, in percent of the drawing. */
    get dot() {
        const {x, y} = this.scale;
        const {day, index} = this.past.at(-1);
        return `left: ${x(day)}%; top: ${(y(index) / HEIGHT) * 100}%`;
    }

    /** A dot on the deepest fall; its words stand below, as near as they fit. */
    get turn() {
        const {x, y} = this.scale;
        const left = x(deserializeDateTime(this.props.turn.date));
        const top = (y(this.props.turn.index) / HEIGHT) * 100;
        return {
            dot: `left: ${left}%; top: ${top}%`,
            before: `flex: ${left} 1 0`,
            after: `flex: ${WIDTH - left} 1 0`,
        };
    }

    get monthZones() {
        const {x} = this.scale;
        return this.props.months
            .map((month) => {
                const first = DateTime.fromISO(month);
                const left = Math.max(x(first), 0);
                return {
                    month,
                    left,
                    width: Math.min(x(first.endOf("month")), WIDTH) - left,
                };
            })
            .filter((zone) => zone.width > 0);
    }

    monthTitle(month) {
        const name = DateTime.fromISO(month).toLocaleString({
            month: "long",
            year: "numeric",
        });
        return _t("Why did it move in %s?", name);
    }

    get firstDate() {
        return formatDate(this.past[0].day);
    }

    get end() {
        const last = this.props.outlook.at(-1);
        return last ? _t("in %s days", last.days) : "";
    }

    get label() {
        const [first] = this.past;
        const words = _t("Trust index from %(first)s on %(date)s to %(now)s today", {
            first: formatInteger(Math.round(first.index)),
            date: this.firstDate,
            now: formatInteger(Math.round(this.props.index)),
        });
        const {turn} = this.props;
        return turn
            ? _t("%(history)s; it fell: %(facts)s", {history: words, facts: turn.text})
            : words;
    }
}
