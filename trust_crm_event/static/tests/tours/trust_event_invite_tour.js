import {registry} from "@web/core/registry";

/** From an event: choose by city, see each and why, untick one, send. */
registry.category("web_tour.tours").add("trust_crm_event_invite", {
    steps: () => [
        {
            content: "Invite customers",
            trigger: "button[name=action_trust_invite]",
            run: "click",
        },
        {
            content: "by city",
            trigger: ".o_field_widget[name=city] input",
            run: "edit Kiel",
        },
        {
            content: "show them",
            trigger: "button[name=action_list]",
            run: "click",
        },
        {
            content: "the reason stands beside the name",
            trigger: ".o_field_widget[name=line_ids] td[name=reason]:contains(Kiel)",
        },
        {
            content: "untick one",
            trigger: ".o_data_row:contains(Feng Mei) td[name=selected]",
            run: "click",
        },
        {
            content: "unticked",
            trigger:
                ".o_data_row:contains(Feng Mei) td[name=selected] input:not(:checked)",
        },
        {
            content: "personal words",
            trigger: ".o_field_widget[name=words] textarea",
            run: "edit There will be soup.",
        },
        {
            content: "send",
            trigger: "button[name=action_send]",
            run: "click",
        },
        {
            content: "yes, one mail each",
            trigger: ".modal footer button.btn-primary",
            run: "click",
        },
        {
            content: "sent; look at them",
            trigger: "button[name=action_open_invitations]",
            run: "click",
        },
        {
            content: "one is invited",
            trigger: ".o_list_view .o_data_row:contains(Mary Achieng)",
        },
    ],
});
