import {registry} from "@web/core/registry";

/** Somebody leaves: all customers in one pass, one to somebody else, then a checklist. */
registry.category("web_tour.tours").add("trust_crm_handover", {
    steps: () => [
        {
            content: "who leaves",
            trigger: ".o_field_widget[name=user_id] input",
            run: "edit Lena Leaves",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Lena Leaves) a",
            run: "click",
        },
        {
            content: "who receives",
            trigger: ".o_field_widget[name=new_user_id] input",
            run: "edit Rosa Receives",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Rosa Receives) a",
            run: "click",
        },
        {
            content: "list the customers",
            trigger: "button[name=action_list]",
            run: "click",
        },
        {
            content: "this one goes to somebody else",
            trigger: ".o_data_row:contains(Second) td[name=new_user_id]",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Second) td[name=new_user_id] input",
            run: "edit Otto Other",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Otto Other) a",
            run: "click",
        },
        {
            content: "hand over",
            trigger: "button[name=action_apply]",
            run: "click",
        },
        {
            content: "what became of it",
            trigger: ".alert-success:contains(Handed over: 2.)",
        },
        {
            trigger: "button[name=action_open_handovers]",
            run: "click",
        },
        {
            content: "the checklist of the customer whose trust hung on one",
            trigger: ".o_data_row:contains(First) td[name=partner_id]",
            run: "click",
        },
        {
            content: "its promises came along",
            trigger: ".o_data_row:contains(Promises passed on):contains(1 passed on)",
        },
        {
            content: "the meeting is done",
            trigger: ".o_data_row:contains(Joint meeting) button[name=action_done]",
            run: "click",
        },
        {
            content: "memory stays private",
            trigger:
                ".o_data_row:contains(Joint meeting):contains(Done) ~ .o_data_row button[name=action_keep_memory]",
            run: "click",
        },
        {
            content: "leave out telling the customer",
            trigger:
                ".o_data_row:contains(Not shared) ~ .o_data_row button[name=action_skip]",
            run: "click",
        },
        {
            content: "why?",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit They met at the fair",
        },
        {
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "the handover is done",
            trigger:
                "body:not(:has(.modal)) .o_statusbar_status button.o_arrow_button_current:contains(Done)",
        },
    ],
});
