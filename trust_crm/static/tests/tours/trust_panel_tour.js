import {registry} from "@web/core/registry";

/** From a customer to the reason of the score and back, as a salesperson does. */
registry.category("web_tour.tours").add("trust_crm_panel", {
    steps: () => [
        {
            content: "open the tab Trust of the customer",
            trigger: ".o_form_view .o_notebook a[name=trust]",
            run: "click",
        },
        {
            content: "the panel shows the ring in words",
            trigger: ".o_trust_panel .o_trust_ring_large[aria-label*='Trust index']",
        },
        {
            content: "the fraction has its four parts",
            trigger: ".o_trust_panel .o_trust_denominator .o_trust_part_value",
        },
        {
            content: "ask why it moved",
            trigger: ".o_trust_movement button:contains('30')",
            run: "click",
        },
        {
            content: "the answer names the meeting",
            trigger:
                ".o_trust_movement_answer .o_trust_reason[data-signal=meeting_held]",
        },
        {
            content: "a reason opens its record",
            trigger: ".o_trust_why .o_trust_reason[data-signal=meeting_held] a",
            run: "click",
        },
        {
            content: "the meeting is open",
            trigger:
                ".o_form_view .o_field_widget[name=start], .o_form_view [name=videocall_location]",
        },
        {
            content: "go back to the customer",
            trigger:
                ".breadcrumb .o_back_button, .o_breadcrumb .o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "the tab Trust is still there",
            trigger: ".o_form_view .o_notebook a[name=trust]",
        },
    ],
});
