import {Component} from "@odoo/owl";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {TrustRing} from "../../components/trust_ring/trust_ring";
import {describeMove} from "./circle_map_words";

const WIDTH = 264;
const GAP = 12;

/** What is known of one dot, beside it; the words follow a moment later. */
export class CircleMapCard extends Component {
    static template = "trust_crm.CircleMapCard";
    static components = {TrustRing};
    static props = {
        model: Object,
        dot: Number,
        /** what the server says of it; not yet: null */
        words: {type: [Object, {value: null}]},
        /** left, top and radius of the dot on the stage */
        spot: Array,
        /** width and height of the stage */
        room: Array,
        /** reached by a finger: a button opens what a click would */
        touched: Boolean,
        open: Function,
    };

    get name() {
        return this.props.model.dots.name[this.props.dot];
    }

    get index() {
        return this.props.model.dots.index[this.props.dot];
    }

    get band() {
        return this.props.model.dots.band[this.props.dot];
    }

    get ring() {
        const {model, dot} = this.props;
        return model.ringName(model.dots.place[dot]) || _t("Little evidence");
    }

    get move() {
        return describeMove(this.props.model, this.props.dot);
    }

    get moveClass() {
        const way = this.props.model.moveOf(this.props.dot);
        return {1: "o_trust_up", "-1": "o_trust_down"}[way] || "";
    }

    get range() {
        const [low, high] = this.props.words.about.map((x) =>
            formatInteger(Math.round(x))
        );
        const range = _t("about %(low)s–%(high)s", {low, high});
        return [range, this.before].filter(Boolean).join(" · ");
    }

    get before() {
        const {before} = this.props.words;
        const index = formatInteger(Math.round(before));
        return before && _t("was %(index)s a month ago", {index});
    }

    get contact() {
        const {last_contact: date} = this.props.words;
        return date
            ? _t("Last contact %(date)s", {date: formatDate(deserializeDateTime(date))})
            : _t("No contact yet");
    }

    /** Beside the dot, on the side where there is room; below it on a phone. */
    get style() {
        const [left, top, size] = this.props.spot;
        const [width, height] = this.props.room;
        const away = size + GAP;
        let x = left + away;
        if (x + WIDTH > width - 8) {
            x = left - away - WIDTH;
        }
        const below = top < height / 2;
        if (x < 8) {
            x = Math.min(Math.max(left - WIDTH / 2, 8), width - WIDTH - 8);
            return below
                ? `left: ${x}px; top: ${top + away}px`
                : `left: ${x}px; bottom: ${height - top + away}px`;
        }
        const edge = 24;
        return below
            ? `left: ${x}px; top: ${Math.max(top - edge, 8)}px`
            : `left: ${x}px; bottom: ${Math.max(height - top - edge, 8)}px`;
    }
}
