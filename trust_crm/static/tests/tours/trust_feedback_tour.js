import {registry} from "@web/core/registry";

/** A customer answers on a phone; the tour's clicks are no person's, so it confirms. */
registry.category("web_tour.tours").add("trust_crm_feedback", {
    steps: () => [
        {
            content: "what would make it a 5 is not asked yet",
            trigger: ".o_trust_feedback_form:has(.o_trust_feedback_five.d-none)",
        },
        {
            content: "all in all: 2 of 5",
            trigger: "label[for=overall_2]",
            run: "click",
        },
        {
            content: "it is asked now, and said to those who do not see it",
            trigger:
                ".o_trust_feedback_form:has(.o_trust_feedback_live:contains(one more question)) .o_trust_feedback_five:not(.d-none) textarea",
            run: "edit A call before the day has passed",
        },
        {
            content: "they keep promises: 1",
            trigger: "label[for=score_reliability_1]",
            run: "click",
        },
        {
            content: "what one thing could we do better",
            trigger: "#one_thing",
            run: "edit Be on time",
        },
        {
            content: "send",
            trigger: ".o_trust_feedback_send",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the answers once more",
            trigger: ".o_trust_feedback_review:contains(Be on time)",
        },
        {
            content: "yes, send it",
            trigger: ".o_trust_feedback_confirm",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it has arrived; correct it",
            trigger: ".o_trust_feedback_correct",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "what was said is there",
            trigger: "#one_thing:value(Be on time)",
        },
        {
            content: "rather a 3",
            trigger: "label[for=overall_3]",
            run: "click",
        },
        {
            trigger: ".o_trust_feedback_send",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_trust_feedback_confirm",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "thank you",
            trigger: ".o_trust_feedback_thanks",
        },
    ],
});
