import {Component} from "@odoo/owl";
import {
    deserializeDateTime,
    formatDate,
    toLocaleDateString,
} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";

/** Reasons of a score as sentences: the effect in points, the fact, its newest record. */
export class TrustReasons extends Component {
    static template = "trust_crm.TrustReasons";
    static props = {
        raised: {type: Array, element: Object},
        lowered: {type: Array, element: Object},
        /** effect in points of older facts fading away */
        fading: {type: Number, optional: true},
        /** of self-orientation: what lowers it is good */
        lessIsBetter: {type: Boolean, optional: true},
        /** say what each fact means for trust, not only on hovering */
        withMeaning: {type: Boolean, optional: true},
        onOpen: Function,
    };

    /** Both lists without what rounds to nothing. */
    get lists() {
        const seen = (row) => Math.abs(row.effect) >= 0.05;
        return [
            {
                key: "raised",
                title: _t("Raised it"),
                rows: this.props.raised.filter(seen),
            },
            {
                key: "lowered",
                title: _t("Lowered it"),
                rows: this.props.lowered.filter(seen),
            },
        ].filter((list) => list.rows.length);
    }

    effect(value) {
        const points = formatFloat(Math.abs(value), {digits: [16, 1]});
        return value < 0 ? `−${points}` : `+${points}`;
    }

    tone(value) {
        const good = this.props.lessIsBetter ? value < 0 : value > 0;
        return good ? "o_trust_up" : "o_trust_down";
    }

    sentence(row) {
        if (row.count > 1) {
            return _t("%(fact)s, %(count)s times", {fact: row.label, count: row.count});
        }
        return row.label;
    }

    record(row) {
        const day = row.date && deserializeDateTime(row.date);
        const date = day ? toLocaleDateString(day) : "";
        let name = row.can_open && row.name ? row.name : date;
        // "Visit on 10/27/2026" says the day already.
        if (day && name !== date && !name.includes(formatDate(day))) {
            name = _t("%(name)s, %(date)s", {name, date});
        }
        return row.count > 1 ? _t("newest: %s", name) : name;
    }

    url(row) {
        return `/odoo/${row.model}/${row.res_id}`;
    }
}
