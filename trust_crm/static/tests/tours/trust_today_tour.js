import {registry} from "@web/core/registry";

const line = ".o_trust_today_promises .o_trust_today_item:contains(Send the samples)";
const kept = ".o_trust_today_promises .o_trust_today_done:contains(Send the samples)";

/** A morning on Today: a promise kept, taken back and kept, a call, one line. */
registry.category("web_tour.tours").add("trust_crm_today", {
    steps: () => [
        {
            content: "the page has the room that the screen gives",
            trigger: ".o_trust_today_root",
            run({anchor}) {
                const share = anchor.getBoundingClientRect().width / window.innerWidth;
                if (share < 0.9) {
                    throw new Error(`Today fills ${share} of the screen's width`);
                }
            },
        },
        {
            content: "keep the promise",
            trigger: `${line} .btn-primary`,
            run: "click",
        },
        {
            content: "it is kept; take it back",
            trigger: `${kept} .btn-link`,
            run: "click",
        },
        {
            content: "it is there again; keep it for good",
            trigger: `${line} .btn-primary`,
            run: "click",
        },
        {
            content: "kept, without leaving the page; somebody calls",
            trigger: `.o_trust_today_root:has(${kept}) .o_trust_today_caller`,
            run: "click",
        },
        {
            content: "who it is",
            trigger: ".modal input",
            run: "edit Mara Lind",
        },
        {
            content: "found",
            trigger: ".modal [role=option]:contains(Mara Lind)",
            run: "click",
        },
        {
            content: "the card knows what to ask",
            trigger: ".modal:contains(Worth asking) header [aria-label=Close]:visible",
            run: "click",
        },
        {
            content: "something special",
            trigger: "body:not(:has(.modal)) #o_trust_today_text",
            run: "edit Brought the samples myself",
        },
        {
            content: "keep it",
            trigger: ".o_trust_today_line button[type=submit]:enabled",
            run: "click",
        },
        {
            content: "kept, for me alone",
            trigger:
                ".o_trust_today_kept:contains(Brought the samples myself):contains(only for you)",
        },
    ],
});
