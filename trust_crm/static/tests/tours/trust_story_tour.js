import {registry} from "@web/core/registry";

/* The whole story of a complaint. No step reads a word: it is told in any language. */

const tours = registry.category("web_tour.tours");
const field = (name, inner) => `.o_form_view .o_field_widget[name=${name}] ${inner}`;
const click = (content, trigger, more = {}) => ({
    content,
    trigger,
    run: "click",
    ...more,
});
const leave = {expectUnloadPage: true};
const page = (name) =>
    click(`open ${name}`, `.o_notebook_headers .nav-link[name=${name}]`);
const save = click("save", "button.o_form_button_save");
const choose = (name, word) => [
    {content: `look for ${word}`, trigger: field(name, "input"), run: `edit ${word}`},
    click("choose it", `.o-autocomplete--dropdown-item:contains(${word})`),
];
const go = (code) => [
    {
        content: `nothing is in the way of ${code}`,
        trigger: ".o_form_view:not(:has(.o_form_button_save:visible))",
    },
    click(code, ".o_form_view button[name=action_next]:visible"),
    {
        content: `${code}: the next step needs something first`,
        trigger: ".o_form_view:not(:has(button[name=action_next]))",
    },
];

/** The customer files it, with a photo. */
tours.add("trust_story_file", {
    steps: () => [
        {
            content: "what it is about",
            trigger: "#trust_subject",
            run: "edit The shelf 书架",
        },
        {
            content: "what happened",
            trigger: "#trust_description",
            run: "edit It fell on the stove 掉下来了",
        },
        {
            content: "a photo of it",
            trigger: "#trust_files",
            async run() {
                const canvas = document.createElement("canvas");
                canvas.width = canvas.height = 8;
                const blob = await new Promise((resolve) =>
                    canvas.toBlob(resolve, "image/png")
                );
                const chosen = new window.DataTransfer();
                chosen.items.add(
                    new window.File([blob], "shelf.png", {type: "image/png"})
                );
                this.anchor.files = chosen.files;
                this.anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        click("send it", ".o_trust_complaint_form button[type=submit]:enabled", leave),
        {
            content: "it is received, with its photo",
            trigger: ".o_trust_door:has(.alert-success) a:contains(shelf.png)",
        },
    ],
});

/** The service manager listens and makes the first proposal. */
tours.add("trust_story_listen", {
    steps: () => [
        click("severe", field("severity", "input[data-value='4']")),
        save,
        ...go("listening"),
        page("listening"),
        ...choose("feeling_ids", "Vexed"),
        {content: "it is there", trigger: field("feeling_ids", ".o_tag")},
        click("what is wanted", field("wanted", "input[data-value=care]")),
        {
            content: "the problem",
            trigger: field("problem", "textarea"),
            run: "edit It fell on the stove.",
        },
        click("agreed", field("problem_agreed", "input")),
        save,
        ...go("clarified"),
        page("solution"),
        click("propose what is planned", ".o_data_row button[name=action_propose]"),
        {
            content: "it is with the customer now",
            trigger: ".o_data_row button[name=action_refuse]",
        },
    ],
});

/** The customer says no, and why. */
tours.add("trust_story_refuse", {
    steps: () => [
        {
            content: "why",
            trigger: "input[name=sentence]",
            run: "edit A shelf, no discount 要书架",
        },
        click("no", "button[value=refuse]", leave),
        {
            content: "it was heard",
            trigger: ".o_trust_door:has(.alert-success) .o_trust_answer",
        },
    ],
});

/** The second proposal. */
tours.add("trust_story_propose", {
    steps: () => [
        page("solution"),
        click("the second one", ".o_data_row button[name=action_propose]"),
        {
            content: "it is with the customer now",
            trigger: ".o_data_row button[name=action_refuse]",
        },
    ],
});

/** The customer says yes. */
tours.add("trust_story_accept", {
    steps: () => [
        click("yes", "button[value=accept]", leave),
        {content: "it was heard", trigger: ".o_trust_door .alert-success"},
    ],
});

/** Apology, redress, cause, the customer is told: closed. */
tours.add("trust_story_close", {
    steps: () => [
        page("redress"),
        click("we apologised", field("apology", "input[data-value=given]")),
        click("no redress", field("no_redress", "input")),
        save,
        ...go("resolved"),
        page("learning"),
        ...choose("cause_id", "Weak hook"),
        click("the customer was told", field("customer_told", "input")),
        save,
        ...go("closed"),
    ],
});

/** Thirty days later: a 5. */
tours.add("trust_story_pulse", {
    steps: () => [
        click("five of five", "label[for=overall_5]"),
        click("send", ".o_trust_feedback_send", leave),
        click("yes, send it", ".o_trust_feedback_confirm", leave),
        {content: "thank you", trigger: ".o_trust_feedback_thanks"},
    ],
});

/** What the relationship tells of it: the drop, the recovery, and why. */
tours.add("trust_story_history", {
    steps: () => [
        click("why did it move", ".o_trust_movement button:eq(1)"),
        {
            content: "the complaint lowered it",
            trigger:
                ".o_trust_movement_answer .o_trust_reason[data-signal=complaint_opened]",
        },
        {
            content: "mending it raised it",
            trigger:
                ".o_trust_movement_answer .o_trust_reason[data-signal=complaint_good]",
        },
        click("the history", "button[name=action_open_history]"),
        click("as a list", ".o_switch_view.o_list"),
        click("why", ".o_data_row button[name=action_open_evidence]:first"),
        {
            content: "the evidence behind the newest line",
            trigger: ".o_list_view .o_data_row td[name=signal_id]",
        },
    ],
});
