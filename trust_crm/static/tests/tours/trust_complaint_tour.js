import {registry} from "@web/core/registry";

const inForm = (selector) => `.o_form_view ${selector}`;
const page = (name) => ({
    content: `open ${name}`,
    trigger: `.o_notebook_headers .nav-link[name=${name}]`,
    run: "click",
});
const banner = (text) => ({
    content: `the one next step: ${text}`,
    trigger: `.o_form_view .alert-info:contains(${text})`,
});

/** A complaint walked to its end, refused once on the way, as a service manager does. */
registry.category("web_tour.tours").add("trust_crm_complaint", {
    steps: () => [
        banner("listen"),
        {
            content: "listen",
            trigger: "button[name=action_next]:contains(Listen)",
            run: "click",
        },
        banner("in their words"),
        page("listening"),
        {
            content: "what she feels",
            trigger: inForm(".o_field_widget[name=feeling_ids] input"),
            run: "edit Disappointed",
        },
        {
            content: "choose it",
            trigger: ".o-autocomplete--dropdown-item:contains(Disappointed)",
            run: "click",
        },
        {
            content: "what she wants",
            trigger: inForm(
                ".o_field_widget[name=wanted] .o_radio_item:contains(Understanding) input"
            ),
            run: "click",
        },
        {
            content: "the problem",
            trigger: inForm(".o_field_widget[name=problem] textarea"),
            run: "edit The shelf had to be there before the guests.",
        },
        {
            content: "she agrees",
            trigger: inForm(".o_field_widget[name=problem_agreed] input"),
            run: "click",
        },
        {
            content: "save: nothing is needed any more",
            trigger: "button.o_form_button_save",
            run: "click",
        },
        {
            content: "clarified",
            trigger: "button[name=action_next]:contains(Clarified)",
            run: "click",
        },
        banner("Propose a solution"),
        page("solution"),
        {
            content: "propose: the row is there already",
            trigger: ".o_data_row:contains(A discount) button[name=action_propose]",
            run: "click",
        },
        {
            content: "she refuses",
            trigger: ".o_data_row:contains(A discount) button[name=action_refuse]",
            run: "click",
        },
        {
            content: "in one sentence",
            trigger: ".modal .o_field_widget[name=sentence] textarea",
            run: "edit I want no discount, I want a shelf.",
        },
        {
            content: "note it",
            trigger: ".modal footer button:contains(Refused)",
            run: "click",
        },
        banner("Propose a solution"),
        {
            content: "the second one",
            trigger:
                "body:not(:has(.modal)) .o_data_row:contains(We bring it) button[name=action_propose]",
            run: "click",
        },
        {
            content: "she accepts",
            trigger: ".o_data_row:contains(We bring it) button[name=action_accept]",
            run: "click",
        },
        {
            content: "note it",
            trigger: ".modal footer button:contains(Accepted)",
            run: "click",
        },
        banner("Decide on the apology"),
        page("redress"),
        {
            content: "we apologised",
            trigger: inForm(
                ".o_field_widget[name=apology] .o_radio_item:contains(We apologised) input"
            ),
            run: "click",
        },
        {
            content: "no redress",
            trigger: inForm(".o_field_widget[name=no_redress] input"),
            run: "click",
        },
        {
            content: "save",
            trigger: "button.o_form_button_save",
            run: "click",
        },
        {
            content: "resolved",
            trigger: "button[name=action_next]:contains(Resolved)",
            run: "click",
        },
        banner("name the cause"),
        page("learning"),
        {
            content: "the cause",
            trigger: inForm(".o_field_widget[name=cause_id] input"),
            run: "edit It came too late",
        },
        {
            content: "choose it",
            trigger: ".o-autocomplete--dropdown-item:contains(It came too late)",
            run: "click",
        },
        {
            content: "she was told",
            trigger: inForm(".o_field_widget[name=customer_told] input"),
            run: "click",
        },
        {
            content: "save",
            trigger: "button.o_form_button_save",
            run: "click",
        },
        {
            content: "close",
            trigger: "button[name=action_next]:contains(Close)",
            run: "click",
        },
        {
            content: "closed, and nothing comes next",
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains(Closed), .o_form_view:not(:has(.alert-info))",
        },
    ],
});
