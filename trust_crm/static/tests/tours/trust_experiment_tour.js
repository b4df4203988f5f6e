import {registry} from "@web/core/registry";

/** A manager writes a hypothesis, sees how many it takes, and starts. */
registry.category("web_tour.tours").add("trust_crm_experiment_start", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Thanks by hand are worth a talk",
        },
        {
            content: "too few for what is looked for",
            trigger: ".alert-warning:contains(102 are needed)",
        },
        {
            trigger: ".o_field_widget[name=motivator_id] input",
            run: "edit Handwritten",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Handwritten thanks)",
            run: "click",
        },
        {
            content: "what is to be done is shown",
            trigger: ".o_field_widget[name=treatment]:contains(three lines by hand)",
        },
        {
            trigger: ".o_field_widget[name=team_id] input",
            run: "edit Tour Team",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Tour Team)",
            run: "click",
        },
        {
            content: "who fits is counted anew",
            trigger: ".alert-warning:contains(8 customers fit, 102 are needed)",
        },
        {
            trigger: ".o_field_widget[name=difference] input",
            run: "edit 20",
        },
        {
            trigger: ".o_field_widget[name=spread] input",
            run: "edit 9",
        },
        {
            content: "leave the field",
            trigger: ".o_field_widget[name=window_days] input",
            run: "click",
        },
        {
            trigger: ".alert-info:contains(8 customers fit, 8 are needed)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: "button[name=action_start]:contains(Start)",
            run: "click",
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: ".alert-info:contains(0 of 4 deliveries are done)",
        },
    ],
});

/** A colleague reads what taking part means, agrees, and leaves later. */
registry.category("web_tour.tours").add("trust_crm_experiment_invited", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Not answered) td[name=motivator]",
            run: "click",
        },
        {
            trigger: ".alert-info:contains(chance decides)",
        },
        {
            trigger: "button[name=action_accept]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=answer]:contains(I take part)",
        },
    ],
});
