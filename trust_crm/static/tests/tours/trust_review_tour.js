import {registry} from "@web/core/registry";

const LINE = ".o_field_widget[name=moved_ids]"; // there is one line in it
const REVIEW = ".o_data_row td[name=name], .o_kanban_record:not(.o_kanban_ghost)";

/** A meeting: one line is left alone with a reason, taken back, and given to somebody. */
registry.category("web_tour.tours").add("trust_crm_review", {
    steps: () => [
        {
            content: "the quarter's review",
            trigger: REVIEW,
            run: "click",
        },
        {
            content: "nothing is done",
            trigger: `${LINE} button[name=action_nothing]`,
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit They moved abroad",
        },
        {trigger: ".modal button[name=action_apply]", run: "click"},
        {
            content: "the line says why",
            trigger: `${LINE}:contains(Nothing: They moved abroad)`,
        },
        {trigger: ".o_field_widget[name=progress_text]:contains(1 of 1 decided)"},
        {
            content: "think again",
            trigger: `${LINE} button[name=action_take_back]`,
            run: "click",
        },
        {
            trigger: `${LINE} button[name=action_schedule]`,
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=summary] input",
            run: "edit Visit them",
        },
        {trigger: ".modal button[name=action_apply]", run: "click"},
        {trigger: `${LINE}:contains(Visit them)`},
    ],
});
