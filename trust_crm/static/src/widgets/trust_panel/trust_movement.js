import {Component, onWillUpdateProps, useState} from "@odoo/owl";
import {serializeDateTime, today} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {formatFloat} from "@web/views/fields/formatters";
import {TrustReasons} from "./trust_reasons";

const {DateTime} = luxon;

/** "Why did it move?": the facts of a period and their effect in points. */
export class TrustMovement extends Component {
    static template = "trust_crm.TrustMovement";
    static components = {TrustReasons};
    static props = {
        relationshipId: Number,
        /** months on offer, as yyyy-MM, newest first */
        months: {type: Array, element: String},
        /** chosen: "30", "90" (days), a month as yyyy-MM, or nothing yet */
        period: {type: [String, {value: null}]},
        onSelect: Function,
        onOpen: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({movement: null, failed: false});
        this.presets = ["30", "90"];
        onWillUpdateProps((next) => {
            if (next.period !== this.props.period) {
                this.load(next);
            }
        });
    }

    /** Start and end of the chosen period. */
    getBounds(period) {
        const now = DateTime.now();
        if (this.presets.includes(period)) {
            return [today().minus({days: Number(period)}), now];
        }
        const month = DateTime.fromISO(period);
        return [month, DateTime.min(month.plus({months: 1}), now)];
    }

    async load({period, relationshipId}) {
        this.state.movement = null;
        this.state.failed = false;
        if (!period) {
            return;
        }
        const bounds = this.getBounds(period).map((moment) =>
            serializeDateTime(moment)
        );
        try {
            this.state.movement = await this.keepLast.add(
                this.orm.silent.call("trust.relationship", "get_trust_movement", [
                    [relationshipId],
                    ...bounds,
                ])
            );
        } catch {
            this.state.failed = true;
        }
    }

    get isEmpty() {
        const {reasons_up, reasons_down} = this.state.movement;
        return !reasons_up.length && !reasons_down.length;
    }

    get summary() {
        const {index_from, index_to} = this.state.movement;
        return _t("From %(from)s to %(to)s", {
            from: formatFloat(index_from, {digits: [16, 1]}),
            to: formatFloat(index_to, {digits: [16, 1]}),
        });
    }

    presetName(days) {
        return _t("Last %s days", days);
    }

    monthName(month) {
        return DateTime.fromISO(month).toLocaleString({month: "long", year: "numeric"});
    }

    onMonthChange(ev) {
        this.props.onSelect(ev.target.value || null);
    }
}
