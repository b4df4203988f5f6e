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
            content: "they are listed",
            trigger: ".o_kanban_view .o_kanban_record:contains(Mara Lind)",
        },
    ],
});
