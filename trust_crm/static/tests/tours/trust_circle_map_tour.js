import {registry} from "@web/core/registry";

const drawn = (count) => `.o_circle_map_canvas[data-drawn='${count}']`;

/** A manager looks who moved out of one team's customers and plans to win them back. */
registry.category("web_tour.tours").add("trust_crm_circle_map", {
    steps: () => [
        {
            content: "the map has room: the whole disc is on the screen",
            trigger: ".o_circle_map_canvas[data-drawn]",
            run({anchor}) {
                const {width, height} = anchor.getBoundingClientRect();
                if (Math.min(width, height) < 280) {
                    throw new Error(`The map has ${width} by ${height} pixels`);
                }
            },
        },
        {
            isActive: ["mobile"],
            content: "a phone keeps the search bar behind a button",
            trigger: ".o_control_panel button:has(> .fa-search)",
            run: "click",
        },
        {
            content: "search for the team",
            trigger: ".o_searchview_input",
            run: "edit Tour of the north",
        },
        {
            content: "by its name",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Sales team)",
            run: "click",
        },
        {
            content: "two customers are left; one moved out, and the words say why",
            trigger: `.o_circle_map_renderer:has(${drawn(2)}) .o_circle_map_mover:contains(Mill of the Tour):contains(Promise broken)`,
            run: "click",
        },
        {
            content: "it opens, with all that is behind it",
            trigger: ".o_form_view:contains(Mill of the Tour) .o_trust_panel",
        },
        {
            content: "it says what to do next",
            trigger: ".o_trust_next button:contains(Start the win-back plan)",
            run: "click",
        },
        {
            content: "the plan is filled in",
            trigger:
                ".modal:contains(Win back Mill of the Tour) button[name=action_schedule_plan]",
            run: "click",
        },
        {
            content: "it is scheduled",
            trigger: "body:not(:has(.modal)) .o_trust_panel",
        },
        {
            content: "and back",
            trigger: ".o_back_button, .breadcrumb-item a:contains(Circle Map)",
            run: "click",
        },
        {
            content: "the team is still chosen",
            trigger: `.o_circle_map_renderer:has(${drawn(2)}) .o_circle_map_measure`,
            run: "click",
        },
        {
            content: "another size",
            trigger: ".o-dropdown-item:contains(Number of Facts)",
            run: "click",
        },
        {
            content: "is another map",
            trigger: ".o_circle_map_measure:contains(Number of Facts)",
        },
    ],
});
