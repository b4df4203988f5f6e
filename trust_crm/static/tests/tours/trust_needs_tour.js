import {registry} from "@web/core/registry";

const row = (kind) => `.o_trust_needs_row[data-kind=${kind}]`;

/** Four prompts on a lead; one is answered, confirmed and met in place. */
registry.category("web_tour.tours").add("trust_crm_needs", {
    steps: () => [
        {
            content: "the page of the lead",
            trigger: ".o_notebook .nav-link[name=trust_needs]",
            run: "click",
        },
        {
            content: "five rows, one of them known",
            trigger: `${row("stated")} textarea:value(A kitchen)`,
            run() {
                const rows = document.querySelectorAll(".o_trust_needs_row");
                const asked = [...document.querySelectorAll(".o_trust_need_ask")];
                const questions = new Set(asked.map((area) => area.placeholder));
                if (rows.length !== 5 || asked.length !== 4 || questions.size !== 4) {
                    throw new Error(`${rows.length} rows, ${asked.length} prompts`);
                }
                const card = document.querySelector(".o_trust_needs");
                if (card.scrollWidth > card.clientWidth) {
                    throw new Error("The card is wider than its room");
                }
            },
        },
        {
            content: "what is it for? answered in place",
            trigger: `${row("real")} .o_trust_need_ask`,
            run: "edit More light && press Enter",
        },
        {
            content: "a guess is not met",
            trigger: `${row("real")} .o_trust_need:has(textarea:value(More light)) button[data-state=met]:disabled`,
        },
        {
            content: "the customer says so",
            trigger: `${row("real")} button[data-state=confirmed]`,
            run: "click",
        },
        {
            content: "and has it",
            trigger: `${row("real")}:has(.active[data-state=confirmed]) button[data-state=met]`,
            run: "click",
        },
        {
            content: "met; in better words",
            trigger: `${row("real")}:has(.active[data-state=met]) .o_trust_need_words`,
            run: "edit More light in winter && press Enter",
        },
        {
            content: "emptied by mistake: the words come back",
            trigger: `${row("real")} textarea:value(More light in winter)`,
            run: "edit  && press Enter",
        },
        {
            trigger: `${row("real")} textarea:value(More light in winter)`,
        },
        {
            content: "another one of the same kind",
            trigger: `${row("real")} .o_trust_need_more`,
            run: "click",
        },
        {
            trigger: `${row("real")} .o_trust_need_ask`,
            run: "edit Room for eight && press Enter",
        },
        {
            content: "both are there",
            trigger: `${row("real")}:has(.o_trust_need:nth-child(2)) textarea:value(Room for eight)`,
        },
    ],
});
