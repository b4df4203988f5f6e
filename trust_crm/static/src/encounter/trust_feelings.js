import {Component, onWillDestroy, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** Left alone for so long (ms), the popup goes. */
const PATIENCE = 60000;

/**
 * How did it feel? One tap chooses the feeling, a second one says how strongly and
 * writes it down; more feelings of the same contact follow in the same way.
 *
 * `offer` is what `trust.encounter.get_offer` returned.
 */
export class TrustFeelings extends Component {
    static template = "trust_crm.TrustFeelings";
    static props = {offer: Object, close: Function};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            person: 0,
            feeling: false,
            stage: "during",
            /** index of a person -> {encounter_id, felt} */
            written: {},
            busy: false,
        });
        this.stay();
        onWillDestroy(() => browser.clearTimeout(this.timer));
    }

    stay() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.props.close(), PATIENCE);
    }

    get stages() {
        return [
            {name: "before", label: _t("Before")},
            {name: "during", label: _t("During")},
            {name: "after", label: _t("After")},
        ];
    }

    get people() {
        return this.props.offer.people;
    }

    get written() {
        return this.state.written[this.state.person] || {encounter_id: false, felt: []};
    }

    get several() {
        return this.people.length > 1;
    }

    get hint() {
        return this.state.feeling
            ? _t("How strongly? That writes it down.")
            : _t("Tap what the customer felt.");
    }

    stageLabel(stage) {
        return this.stages.find(({name}) => name === stage).label;
    }

    strengthLabel(strength) {
        return _t("%s of 5", strength);
    }

    takeBackLabel({name}) {
        return _t("Take back: %s", name);
    }

    choosePerson(person) {
        Object.assign(this.state, {person, feeling: false});
    }

    choose(feeling) {
        this.state.feeling = this.state.feeling === feeling.id ? false : feeling.id;
    }

    /** The second tap. */
    log(strength) {
        const {offer} = this.props;
        const {feeling, stage, person} = this.state;
        const {partner_id, lead_id} = this.people[person];
        return this.call("log_feeling", [
            [offer.res_model, offer.res_id],
            {partner_id, lead_id},
            {feeling_id: feeling, strength, stage},
            this.written.encounter_id,
        ]);
    }

    takeBack(felt) {
        return this.call("take_back", [[this.written.encounter_id], felt.id]);
    }

    async call(method, args) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        const {person} = this.state;
        try {
            this.state.written[person] = await this.orm.call(
                "trust.encounter",
                method,
                args
            );
            this.state.feeling = false;
        } finally {
            this.state.busy = false;
            this.stay();
        }
    }

    /** What was asked and pitched, notes: the encounter's own form. */
    more() {
        this.props.close();
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Encounter"),
            res_model: "trust.encounter",
            res_id: this.written.encounter_id,
            views: [[false, "form"]],
            target: "new",
        });
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.close();
        }
    }
}
