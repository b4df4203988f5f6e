import {registry} from "@web/core/registry";

/** A customer files a complaint, as on a telephone. */
registry.category("web_tour.tours").add("trust_crm_door_file", {
    steps: () => [
        {
            content: "the portal's home offers it",
            trigger: ".o_portal_my_home a[href='/my/complaints']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "nothing yet: what to do stands there",
            trigger: "a.alert-link[href='/my/complaints/new']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "label[for=trust_subject]:contains(What is it about?)",
        },
        {
            trigger: "#trust_subject",
            run: "edit The table top is cracked",
        },
        {
            trigger: "#trust_description",
            run: "edit It came so out of the box.",
        },
        {
            trigger: "#trust_remedy",
            run: "edit A new one",
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
                    new window.File([blob], "crack.png", {type: "image/png"})
                );
                this.anchor.files = chosen.files;
                this.anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            trigger: "button[type=submit]:contains(Send the complaint):enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it has a number, a step, the photo",
            trigger: ".alert-success:contains(Your complaint has the number)",
        },
        {
            trigger: ".o_trust_step_now[aria-current=step]",
        },
        {
            trigger: ".o_trust_door a:contains(crack.png)",
        },
    ],
});

/** They refuse the first proposal and accept the second. */
registry.category("web_tour.tours").add("trust_crm_door_refuse", {
    steps: () => [
        {
            content: "the home says that an answer is waited for",
            trigger:
                ".o_portal_my_home a[href='/my/complaints?filterby=answer']:visible",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_trust_list_link:contains(Waiting for your answer)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "input[name=sentence]",
            run: "edit It comes too late",
        },
        {
            trigger: "button[value=refuse]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".alert-success:contains(Thank you for being frank)",
        },
        {
            trigger: ".o_trust_answer:contains(It comes too late)",
        },
    ],
});

registry.category("web_tour.tours").add("trust_crm_door_accept", {
    steps: () => [
        {
            trigger: "button[value=accept]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".alert-success:contains(We noted that you accept)",
        },
        {
            content: "write a word below",
            trigger: "#chatterRoot:shadow .o-mail-Composer-input",
            run: "edit Thank you",
        },
        {
            trigger:
                "#chatterRoot:shadow .o-mail-Composer button:contains(Send):enabled",
            run: "click",
        },
        {
            trigger: "#chatterRoot:shadow .o-mail-Message:contains(Thank you)",
        },
    ],
});
