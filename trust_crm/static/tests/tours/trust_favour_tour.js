import {registry} from "@web/core/registry";

/** A gift above the limit: said while typing, and asked for. */
registry.category("web_tour.tours").add("trust_crm_favour_ask", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=name] textarea",
            run: "edit Two tickets for the concert",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Mara Lind",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Mara Lind)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=value] input",
            run: "edit 80",
        },
        {
            content: "leave the field, and see what it exceeds",
            trigger: ".o_field_widget[name=note] textarea",
            run: "edit For the opening of their shop",
        },
        {
            trigger:
                ".alert-warning:contains(A manager approves this first):contains(80)",
        },
        {
            content: "ask",
            trigger: "button[name=action_ask]",
            run: "click",
        },
        {
            trigger:
                ".o_statusbar_status button.o_arrow_button_current:contains(Waiting for approval)",
        },
    ],
});

/** The manager refuses and says why. */
registry.category("web_tour.tours").add("trust_crm_favour_refuse", {
    steps: () => [
        {
            trigger: "button[name=action_refuse]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit They decide about our offer next week",
        },
        {
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            trigger: ".alert-danger:contains(They decide about our offer next week)",
        },
    ],
});

/** Who asked reads why, and notes what the customer did for us. */
registry.category("web_tour.tours").add("trust_crm_favour_read", {
    steps: () => [
        {
            trigger: ".alert-danger:contains(They decide about our offer next week)",
        },
        {
            trigger: "button[name=action_ask]",
        },
    ],
});
