import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, click, press, queryAllTexts} from "@odoo/hoot-dom";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

defineMailModels();

const OFFER = {
    res_model: "mail.activity",
    res_id: 7,
    what: "Call",
    people: [{partner_id: 3, lead_id: false, name: "Mara Lind"}],
    feelings: [
        {id: 1, name: "Joyful", emoji: "😀", tone: "good"},
        {id: 2, name: "Worried", emoji: "😟", tone: "bad"},
    ],
};

async function show(offer = OFFER) {
    await mountWithCleanup(WebClient);
    getService("trust_encounter").show(offer);
    await animationFrame();
}

/** A server that keeps what it is told. */
function keep() {
    const felt = [];
    onRpc("trust.encounter", "log_feeling", ({args}) => {
        const [record, who, {feeling_id, strength, stage}, encounterId] = args;
        expect.step([...record, who.partner_id, encounterId, strength, stage]);
        const {name, emoji} = OFFER.feelings.find(({id}) => id === feeling_id);
        felt.push({id: felt.length + 1, name, emoji, strength, stage});
        return {encounter_id: 11, felt: [...felt]};
    });
    onRpc("trust.encounter", "take_back", ({args}) => {
        expect.step(args);
        return {encounter_id: false, felt: []};
    });
}

test("H7: two taps write a feeling down, two more another one", async () => {
    keep();
    await show();
    expect(".o_trust_feelings_strength:first").not.toBeEnabled();
    await click(".o_trust_feelings_chip:contains(Joyful)");
    await animationFrame();
    expect(".o_trust_feelings_chip:contains(Joyful)").toHaveAttribute(
        "aria-pressed",
        "true"
    );
    await click(".o_trust_feelings_strength:contains(3)");
    await animationFrame();
    await contains(".o_trust_feelings button:contains(After)").click();
    await contains(".o_trust_feelings_chip:contains(Worried)").click();
    await contains(".o_trust_feelings_strength:contains(4)").click();
    expect.verifySteps([
        ["mail.activity", 7, 3, false, 3, "during"],
        ["mail.activity", 7, 3, 11, 4, "after"],
    ]);
    expect(queryAllTexts(".o_trust_feelings_felt b")).toEqual(["3", "4"]);
});

test("H7: a slip is taken back", async () => {
    keep();
    await show();
    await contains(".o_trust_feelings_chip:contains(Worried)").click();
    await contains(".o_trust_feelings_strength:contains(5)").click();
    await contains(".o_trust_feelings_felt button").click();
    expect.verifySteps([
        ["mail.activity", 7, 3, false, 5, "during"],
        [[11], 1],
    ]);
    expect(".o_trust_feelings_felt").toHaveCount(0);
    expect(".o_trust_feelings footer").toHaveCount(0);
});

test("H7: of several customers each has their own", async () => {
    keep();
    const other = {partner_id: 4, lead_id: false, name: "Ole Berg"};
    await show({...OFFER, people: [...OFFER.people, other]});
    await contains(".o_trust_feelings_chip:contains(Joyful)").click();
    await contains(".o_trust_feelings_strength:contains(2)").click();
    await contains(".o_trust_feelings_person:contains(Ole)").click();
    expect(".o_trust_feelings_felt").toHaveCount(0);
    await contains(".o_trust_feelings_chip:contains(Joyful)").click();
    await contains(".o_trust_feelings_strength:contains(1)").click();
    expect.verifySteps([
        ["mail.activity", 7, 3, false, 2, "during"],
        ["mail.activity", 7, 4, false, 1, "during"],
    ]);
});

test("H7: it blocks nothing, and goes when left alone", async () => {
    await show();
    expect(".o_trust_feelings").toHaveCount(1);
    expect(".modal-backdrop, .o_dialog").toHaveCount(0);
    await advanceTime(61000);
    await animationFrame();
    expect(".o_trust_feelings").toHaveCount(0);
});

test("H7: Escape closes it", async () => {
    await show();
    await contains(".o_trust_feelings_chip:contains(Joyful)").click();
    await press("Escape");
    await animationFrame();
    expect(".o_trust_feelings").toHaveCount(0);
});

test("C5: nobody without the trust group is asked", async () => {
    onRpc("has_group", () => false);
    onRpc("trust.encounter", "get_offer", () => expect.step("asked"));
    await mountWithCleanup(WebClient);
    await getService("trust_encounter").offer("mail.activity", 7);
    await animationFrame();
    expect.verifySteps([]);
    expect(".o_trust_feelings").toHaveCount(0);
});

test("H7: what was no contact is not asked about", async () => {
    onRpc("has_group", () => true);
    onRpc("trust.encounter", "get_offer", ({args}) => {
        expect.step(args);
        return false;
    });
    await mountWithCleanup(WebClient);
    await getService("trust_encounter").offer("mail.activity", 7);
    await animationFrame();
    expect.verifySteps([["mail.activity", 7]]);
    expect(".o_trust_feelings").toHaveCount(0);
});
