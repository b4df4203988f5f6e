import {registry} from "@web/core/registry";

/** From the list of proposed moves to the customer's quality, and a word given. */
registry.category("web_tour.tours").add("trust_crm_quality", {
    steps: () => [
        {
            content: "what is proposed, and why",
            trigger: ".o_data_row:contains('Tour Library'):contains('Family')",
        },
        {
            content: "open the customer",
            trigger: ".o_data_row .o_data_cell[name=display_name]",
            run: "click",
        },
        {
            content: "the banner names the circle",
            trigger: ".alert:contains('Proposed move') [name=circle_proposed_id]",
        },
        {
            content: "look at the quality",
            trigger: ".o_notebook a[name=quality]",
            run: "click",
        },
        {
            content: "why they are satisfied",
            trigger: ".o_trust_quality [data-part=satisfaction] button",
            run: "click",
        },
        {
            content: "the feedback is named",
            trigger:
                ".o_trust_quality [data-part=satisfaction] .o_trust_reason[data-signal=feedback_good]",
        },
        {
            content: "accept",
            trigger: ".alert button[name=action_accept_circle]",
            run: "click",
        },
        {
            content: "nothing is asked any more",
            trigger: ".o_form_view:not(:has(.alert button[name=action_accept_circle]))",
        },
    ],
});
