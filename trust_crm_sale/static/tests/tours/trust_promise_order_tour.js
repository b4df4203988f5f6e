import {registry} from "@web/core/registry";

/** A promise made on a quotation, in two clicks beside typing. */
registry.category("web_tour.tours").add("trust_crm_sale_promise", {
    steps: () => [
        {
            content: "click 1: Promise, beside Activity",
            trigger: ".o-mail-Chatter .o-trust-Chatter-promise",
            run: "click",
        },
        {
            content: "the order's customer is there already",
            trigger: ".modal .o_field_widget[name=partner_id] input:value(Mara Lind)",
        },
        {
            content: "type what is promised",
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Deliver before noon",
        },
        {
            content: "click 2: Promise",
            trigger: ".modal footer button.btn-primary:contains(Promise)",
            run: "click",
        },
        {
            content: "back on the order",
            trigger: "body:not(:has(.modal)) .o_field_widget[name=order_line]",
        },
    ],
});
