import {registry} from "@web/core/registry";

const popup = ".o_trust_feelings";
const markDone = [
    {
        content: "mark the call done",
        trigger: ".o-mail-Activity-markDone",
        run: "click",
    },
    {
        content: "done",
        trigger: ".o-mail-ActivityMarkAsDone button[aria-label='Done']",
        run: "click",
    },
];

registry.category("web_tour.tours").add("trust_crm_encounter", {
    steps: () => [
        ...markDone,
        {
            content: "it fits the screen, and nothing waits behind it",
            trigger: popup,
            run({anchor}) {
                const {left, right, bottom} = anchor.getBoundingClientRect();
                if (
                    left < 0 ||
                    right > window.innerWidth ||
                    bottom > window.innerHeight
                ) {
                    throw new Error("The popup reaches beyond the screen");
                }
                if (document.querySelector(".modal-backdrop, .o_dialog")) {
                    throw new Error("The popup blocks the page");
                }
            },
        },
        {
            content: "the first tap",
            trigger: `${popup} button:contains(Joyful)`,
            run: "click",
        },
        {
            content: "the second tap",
            trigger: `${popup} .o_trust_feelings_strength:contains(3):enabled`,
            run: "click",
        },
        {
            content: "written down; worry came after it",
            trigger: `${popup}:has(.o_trust_feelings_felt:contains(Joyful)) button:contains(After)`,
            run: "click",
        },
        {
            content: "a second feeling",
            trigger: `${popup} button:contains(Worried)`,
            run: "click",
        },
        {
            content: "stronger",
            trigger: `${popup} .o_trust_feelings_strength:contains(4):enabled`,
            run: "click",
        },
        {
            content: "what was asked stands in the encounter itself",
            trigger: `${popup}:has(.o_trust_feelings_felt:contains(Worried)) footer button:contains(Asked)`,
            run: "click",
        },
        {
            content: "nearly all the time",
            trigger: ".o_dialog [name=asked] .o_selection_badge:contains(5)",
            run: "click",
        },
        {
            content: "keep it",
            trigger: ".o_dialog .o_form_button_save:visible",
            run: "click",
        },
        {content: "done", trigger: "body:not(:has(.o_dialog))"},
    ],
});

registry.category("web_tour.tours").add("trust_crm_encounter_without", {
    steps: () => [
        ...markDone,
        {
            content: "the call is in the history",
            trigger: ".o-mail-Message:contains(Call done)",
        },
        {content: "nobody asks", trigger: `body:not(:has(${popup}))`},
    ],
});

const felt = (name) => [
    {
        content: `a tap for ${name}`,
        trigger: `${popup} button:contains(${name})`,
        run: "click",
    },
    {
        content: "how strongly",
        trigger: `${popup} .o_trust_feelings_strength:contains(4):enabled`,
        run: "click",
    },
    {content: "written down", trigger: `${popup} li:contains(${name})`},
];

registry.category("web_tour.tours").add("trust_crm_encounter_meeting", {
    steps: () => [
        {
            content: "the meeting is over",
            trigger: "button[name=action_log_trust_encounter]",
            run: "click",
        },
        {
            content: "Mara",
            trigger: `${popup} .o_trust_feelings_person:contains(Mara)`,
            run: "click",
        },
        ...felt("Grateful"),
        {
            content: "Ole",
            trigger: `${popup} .o_trust_feelings_person:contains(Ole)`,
            run: "click",
        },
        ...felt("Worried"),
        {
            content: "done",
            trigger: `${popup} footer button:contains(Done)`,
            run: "click",
        },
        {content: "gone", trigger: `body:not(:has(${popup}))`},
    ],
});
