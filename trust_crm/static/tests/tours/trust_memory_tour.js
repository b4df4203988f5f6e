// Copyright 2026 trust_crm contributors
// License LGPL-3 - see LICENSE
import {registry} from "@web/core/registry";

const page = ".o_form_view .nav-link[name='trust_person']";

registry.category("web_tour.tours").add("trust_crm_memory", {
    steps: () => [
        {
            content: "Open the page Person",
            trigger: page,
            run: "click",
        },
        {
            content: "Nothing may be remembered: record a ground",
            trigger: "button[name='action_record_trust_ground']:visible",
            run: "click",
        },
        {
            content: "How they agreed",
            trigger: ".modal .o_field_widget[name='note'] input",
            run: "edit On the phone",
        },
        {
            content: "Record it",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            content: "Now there is room for notes",
            trigger:
                ".o_field_widget[name='trust_memory_ids'] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "Write one down",
            trigger: ".modal .o_field_widget[name='text'] textarea",
            run: "edit Told me about the cello",
        },
        {
            content: "In confidence",
            trigger:
                ".modal .o_field_widget[name='sensitivity'] input[data-value='confidence']",
            run: "click",
        },
        {
            content: "Done",
            trigger: ".modal footer .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            content: "It is on the page",
            trigger:
                ".o_field_widget[name='trust_memory_ids'] .o_data_row:contains('Told me about the cello')",
        },
        {
            content: "Save the contact",
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible",
        },
    ],
});
