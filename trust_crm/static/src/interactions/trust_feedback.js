import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

const BEST = 5;

/**
 * The feedback page works without this. With it, the question behind a score below
 * five shows only when it is asked, and a click of a person sends at once: the seal is
 * handed over by a trusted event, so a script that posts the form gets a second step.
 */
export class TrustFeedback extends Interaction {
    static selector = ".o_trust_feedback_form";
    dynamicContent = {
        "input[name=overall]": {"t-on-change": this.onOverall},
        ".o_trust_feedback_send": {"t-on-click": this.onSend},
        ".o_trust_feedback_five": {
            "t-att-class": () => ({"d-none": !this.asksFive}),
        },
        ".o_trust_feedback_live": {"t-out": () => this.said},
        _root: {"t-on-submit": this.onSubmit},
    };

    setup() {
        this.asksFive = this.isBelowFive();
        this.said = "";
        this.sent = false;
    }

    isBelowFive() {
        const checked = this.el.querySelector("input[name=overall]:checked");
        return Boolean(checked) && Number(checked.value) < BEST;
    }

    onOverall() {
        const asked = this.asksFive;
        this.asksFive = this.isBelowFive();
        const live = this.el.querySelector(".o_trust_feedback_live");
        this.said = this.asksFive && !asked ? live.dataset.five : "";
    }

    /**
     * @param {MouseEvent} ev
     */
    onSend(ev) {
        if (ev.isTrusted) {
            this.el.elements.human.value = this.el.dataset.seal;
        }
    }

    /**
     * @param {SubmitEvent} ev
     */
    onSubmit(ev) {
        if (this.sent) {
            ev.preventDefault();
        }
        this.sent = true;
    }
}

registry.category("public.interactions").add("trust_crm.feedback", TrustFeedback);
