import {registry} from "@web/core/registry";

/** A promise in three clicks beside typing, then kept, as a salesperson does. */
registry.category("web_tour.tours").add("trust_crm_promise", {
    steps: () => [
        {
            content: "click 1: Promise, beside Activity",
            trigger: ".o-mail-Chatter .o-trust-Chatter-promise",
            run: "click",
        },
        {
            content: "customer, promiser and day are there already; say what",
            trigger: ".modal .o_field_widget[name=partner_id] input:value(Mara Lind)",
        },
        {
            content: "type what is promised",
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Send the samples",
        },
        {
            content: "click 2: Promise",
            trigger: ".modal footer button.btn-primary:contains(Promise)",
            run: "click",
        },
        {
            content: "the customer counts one promise",
            trigger:
                "body:not(:has(.modal)) button[name=action_view_trust_promises]:contains(1)",
            run: "click",
        },
        {
            content: "the card is there; keep it",
            trigger:
                ".o_kanban_record:contains(Send the samples) button[name=action_keep]",
            run: "click",
        },
        {
            content: "nothing is left to keep",
            trigger: ".o_kanban_view:not(:has(button[name=action_keep]))",
        },
    ],
});
