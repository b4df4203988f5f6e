import {
    click,
    contains,
    defineMailModels,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {asyncStep, onRpc, waitForSteps} from "@web/../tests/web_test_helpers";

defineMailModels();

async function openPartner(isMember) {
    onRpc("has_group", ({args}) => {
        const group = args[args.length - 1];
        return group === "trust_crm.group_trust_user" ? isMember : true;
    });
    const pyEnv = await startServer();
    const partnerId = pyEnv["res.partner"].create({name: "Mara Lind"});
    await start();
    await openFormView("res.partner", partnerId);
    await contains("button", {text: "Log note"});
    return partnerId;
}

test("P1: one click in the chatter asks for the dialog of this record", async () => {
    onRpc("trust.promise", "get_quick_action", ({args}) => {
        asyncStep(args[0]);
        expect(args[1]).toBeGreaterThan(0);
        return {type: "ir.actions.act_window_close"};
    });
    await openPartner(true);
    await click(".o-trust-Chatter-promise", {text: "Promise"});
    await waitForSteps(["res.partner"]);
});

test("P1: no button for people without the trust group", async () => {
    await openPartner(false);
    await contains(".o-trust-Chatter-promise", {count: 0});
});
