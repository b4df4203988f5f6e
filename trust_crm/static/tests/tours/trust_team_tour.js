import {registry} from "@web/core/registry";

/** The page of a team: another span, then from a ring to its customers. */
registry.category("web_tour.tours").add("trust_crm_team", {
    steps: () => [
        {
            content: "the page has the room that the screen gives",
            trigger: ".o_trust_team_grid",
            run({anchor}) {
                const share = anchor.getBoundingClientRect().width / window.innerWidth;
                if (share < 0.85) {
                    throw new Error(`The page fills ${share} of the screen's width`);
                }
            },
        },
        {
            content: "a year",
            trigger: ".o_trust_team_head .btn-group .btn:last-child",
            run: "click",
        },
        {
            content: "it is a year now",
            trigger: ".o_trust_team_head .btn-group .btn:last-child.active",
        },
        {
            content: "from a bar to its customers",
            trigger: ".o_trust_team_level:enabled:contains(Little evidence)",
            run: "click",
        },
        {
            content: "the name says of which",
            trigger: ".o_breadcrumb:contains(Circle: Little evidence)",
        },
        {
            content: "they are listed",
            trigger: ".o_kanban_view .o_kanban_record:contains(Mara Lind)",
        },
    ],
});

/** From a figure to the list of what it counts, and to a document of it. */
registry.category("web_tour.tours").add("trust_crm_team_figure", {
    steps: () => [
        {
            content: "from a figure to what it counts",
            trigger: ".o_trust_team_facts .btn:first",
            run: "click",
        },
        {
            content: "its list says what it is, and of which days",
            trigger: ".o_breadcrumb:contains(Complaints: Received · 90 days)",
        },
        {
            trigger: ".o_data_row .o_data_cell:contains(Mara Lind)",
            run: "click",
        },
        {
            content: "the complaint itself",
            trigger: ".o_form_view .o_field_widget[name=subject]",
        },
    ],
});
