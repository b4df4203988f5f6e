import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {TrustRing} from "../components/trust_ring/trust_ring";

/**
 * One page per team, as `trust.team.view.get_team` tells it. Bars are as long as the
 * server says; every figure leads to the records behind it.
 */
export class TrustTeam extends Component {
    static template = "trust_crm.TrustTeam";
    static components = {TrustRing};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({page: null, error: "", loading: false});
        onWillStart(() => this.load(false, 90));
    }

    async load(team, days) {
        this.state.loading = true;
        try {
            const words = [team || false, days];
            this.state.page = await this.orm.silent.call(
                "trust.team.view",
                "get_team",
                words
            );
            this.state.error = "";
        } catch (error) {
            this.state.error =
                error.data?.message || _t("The page cannot be read now.");
        } finally {
            this.state.loading = false;
        }
    }

    onTeam(ev) {
        return this.load(Number(ev.target.value), this.state.page.days);
    }

    onSpan(days) {
        return this.load(this.state.page.team_id, days);
    }

    // WORDS

    spanText(days) {
        return _t("%s days", days);
    }

    get headText() {
        const {count, known} = this.state.page.head;
        return _t("%(count)s customers, enough evidence of %(known)s", {count, known});
    }

    percent(value) {
        return this.isKnown(value) ? _t("%s %", value) : "–";
    }

    hours(value) {
        return this.isKnown(value) ? _t("%s h", value) : "–";
    }

    money(value) {
        return formatCurrency(value || 0, this.state.page.fairness.currency_id, {
            digits: [16, 0],
        });
    }

    isKnown(value) {
        return value !== null && value !== undefined && value !== false;
    }

    movedText({up_count: up, down_count: down}) {
        return _t("%(up)s up, %(down)s down by five points or more", {up, down});
    }

    trendText(trend) {
        return trend > 0 ? `+${trend}` : `−${Math.abs(trend)}`;
    }

    /** How often a day was moved, and how late the late ones came. */
    get slipText() {
        const {slips, late_days: days} = this.state.page.promises;
        return this.isKnown(days)
            ? _t("Moved %(slips)s times; the late ones came %(days)s days late.", {
                  slips,
                  days,
              })
            : _t("Moved %s times.", slips);
    }

    get unfairText() {
        const {far, near} = this.state.page.fairness;
        return _t(
            "Outsiders wait %(far)s h for a first answer, everybody else %(near)s h. Who does not know us yet learns from that what we are like.",
            {far, near}
        );
    }

    /** What is said of complaints, each with those that it is said of. */
    get complaintFacts() {
        const {count, domain: all, domains, ...means} = this.state.page.complaints;
        const facts = [
            [_t("Received"), count, all],
            [_t("First answer after"), this.hours(means.answer), domains.answer],
            [_t("Answered in time"), this.percent(means.in_time), domains.in_time],
            [_t("Trust came back"), this.percent(means.recovered), domains.recovered],
            [_t("The same again"), this.percent(means.repeats), domains.repeats],
        ];
        return facts.map(([label, text, domain]) => ({
            noun: "complaint_report",
            name: _t("Complaints: %s", label),
            label,
            text,
            domain,
        }));
    }

    /** The habits beside the meter, each with what it was counted from. */
    get meterFacts() {
        const {listening, ...meter} = this.state.page.orientation;
        return [
            {
                noun: "encounter",
                label: _t("Asking and listening in our talks"),
                text: this.percent(listening.share),
                domain: listening.domain,
            },
            {
                noun: "evidence",
                label: _t("Contact that we started"),
                name: _t("Who got in touch"),
                text: this.percent(meter.started_by_us),
                domain: meter.touches_domain,
            },
            {
                noun: "evidence",
                label: _t("New offers soon after a sale"),
                text: meter.offers,
                domain: meter.offers_domain,
            },
            {
                noun: "evidence",
                label: _t("Pushed at the wrong moment"),
                text: meter.pushes,
                domain: meter.pushes_domain,
            },
        ];
    }

    /** The name of a list: what it is, of which team, of which days. */
    nameOf(what, lasting = true) {
        const {teams, team_id: id, days} = this.state.page;
        const team = teams.find((one) => one.id === id);
        const words = [what, team?.name, lasting && this.spanText(days)];
        return words.filter(Boolean).join(" · ");
    }

    // WAYS ON

    openLevel(level, title) {
        return this.open("trust_crm.trust_relationship_action", {
            display_name: this.nameOf(`${title}: ${level.name}`, false),
            domain: level.domain,
        });
    }

    openCustomer(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "trust.relationship",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openTouchpoint(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "trust.touchpoint",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openTouchpoints() {
        return this.action.doAction("trust_crm.trust_touchpoint_action");
    }

    openPromises() {
        const {domain} = this.state.page.promises;
        return this.open("trust_crm.trust_promise_report_action", {domain});
    }

    openComplaints() {
        const {domain} = this.state.page.complaints;
        return this.open("trust_crm.trust_complaint_report_action", {domain});
    }

    /** The promises that ended, of whose kept ones the figure is the share. */
    openEnded() {
        const {ended_domain: domain} = this.state.page.promises;
        return this.openFigure("promise_report", _t("Promises that ended"), domain);
    }

    openPromisesThat({label, domain}) {
        const name = _t("Promises: %s", label);
        return this.openFigure("promise_report", name, domain);
    }

    /** Complaints of those who stood in one ring when they complained. */
    openServed({name: ring}, domain) {
        return this.openFigure("complaint", _t("Complaints: %s", ring), domain);
    }

    /** The list of what a figure was counted from: of this team, in these days. */
    openFigure(noun, what, domain) {
        return this.open(
            `trust_crm.trust_${noun}_action`,
            {domain, display_name: this.nameOf(what)},
            {viewType: "list"}
        );
    }

    /** An action of ours with other words; empty searches show all of the domain. */
    async open(xmlid, changes, options = {}) {
        const action = await this.action.loadAction(xmlid);
        return this.action.doAction({...action, context: {}, ...changes}, options);
    }
}

registry.category("lazy_components").add("TrustTeam", TrustTeam);
