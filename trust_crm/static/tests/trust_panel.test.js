import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {animationFrame, click, press, queryAllTexts, select} from "@odoo/hoot-dom";
import {mockDate} from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Relationship extends models.Model {
    _name = "trust.relationship";

    name = fields.Char();

    _records = [{id: 7, name: "Azure Interior"}];
}

class Customer extends models.Model {
    name = fields.Char();
    trust_relationship_id = fields.Many2one({relation: "trust.relationship"});

    _records = [
        {id: 1, name: "Azure Interior", trust_relationship_id: 7},
        {id: 2, name: "Nobody yet", trust_relationship_id: false},
    ];
}

defineModels([Relationship, Customer]);
defineMailModels();

const reason = (values) => ({
    signal: "promise_kept",
    label: "Promise kept on time",
    meaning: "Integrity · Prediction",
    count: 1,
    effect: 2.6,
    date: "2026-11-14 10:00:00",
    model: "customer",
    res_id: 2,
    name: "Drawings",
    can_open: true,
    ...values,
});

const part = (key, label, value, more) => ({
    key,
    label,
    value,
    help: `What ${label} means`,
    reasons_up: [],
    reasons_down: [],
    ...more,
});

const PANEL = {
    id: 7,
    name: "Azure Interior",
    thin: false,
    index: 61.2,
    sd: 8,
    low: 53.2,
    about: [53.2, 69.2],
    band: "4",
    circle: {id: 3, name: "Insider", level: 2, color: 4},
    circle_computed: {id: 3, name: "Insider"},
    stage_computed: {id: 1, name: "Expanding"},
    stage: {id: 1, name: "Expanding"},
    override: false,
    transferred: false,
    as_of: "2026-11-22 02:00:00",
    confidence: 0.5,
    parts: [
        part("C", "Credibility", 7.4),
        part("R", "Reliability", 6.1, {
            reasons_up: [reason({effect: 0.9})],
            reasons_down: [
                reason({signal: "promise_broken", label: "Broken", effect: -0.31}),
            ],
        }),
        part("I", "Intimacy", 5.5),
    ],
    self_orientation: part("S", "Self Orientation", 4.2, {
        reasons_down: [reason({signal: "gift", label: "Gift", effect: -0.4})],
    }),
    neutral: 5.5,
    reasons_up: [
        reason({count: 6}),
        reason({
            signal: "referral",
            label: "Introduced somebody",
            effect: 3.2,
            can_open: false,
        }),
    ],
    reasons_down: [
        reason({signal: "promise_broken", label: "Promise broken", effect: -1.96}),
    ],
    outlook: [
        {days: 30, index: 60},
        {days: 90, index: 58},
    ],
    history: [
        {date: "2026-09-01 01:00:00", index: 50},
        {date: "2026-10-01 01:00:00", index: 55},
    ],
    bands: [42, 47, 53, 58],
    turn: false,
    circle_since: false,
    doors: [
        ["promise", "Make a promise"],
        ["contact", "Log a contact"],
    ],
    next: [
        {text: "Our promise “Drawings”: tomorrow.", model: "customer", res_id: 2},
        {
            text: "A small promise, kept, would help most.",
            door: "promise",
            label: "Make a promise",
        },
    ],
    missing_step: false,
    owner: "Mitchell Admin",
};

const ARCH = `<form><widget name="trust_panel" relationship_field="trust_relationship_id"/></form>`;

async function mountPanel(panel = {}, resId = 1) {
    mockDate("2026-11-22 12:00:00");
    onRpc("trust.relationship", "get_trust_panel", ({args}) => {
        expect.step(`panel of ${args[0]}`);
        return {...PANEL, ...panel};
    });
    await mountView({type: "form", resModel: "customer", resId, arch: ARCH});
    await animationFrame();
}

function catchActions() {
    mockService("action", {
        doAction(action) {
            expect.step([action.res_model, action.res_id].join(" ") || action);
        },
    });
}

test("C12: the panel draws the fraction, the range, the outlook", async () => {
    await mountPanel();
    expect.verifySteps(["panel of 7"]);
    expect(queryAllTexts(".o_trust_part_value")).toEqual(["7.4", "6.1", "5.5", "4.2"]);
    expect(".o_trust_bar_neutral").toHaveCount(4);
    expect(".o_trust_panel .o_trust_ring_range").toHaveText("about 53–69");
    expect(".o_trust_outlook").toHaveText(
        "If nothing happens: 60 in 30 days, 58 in 90 days"
    );
    expect(".o_trust_why .o_trust_title").toHaveText("Why 61, and not 50");
});

test("C12: reasons are sentences with their effect; what may not be read is no link", async () => {
    await mountPanel();
    expect.verifySteps(["panel of 7"]);
    expect(queryAllTexts(".o_trust_effect")).toEqual(["+2.6", "+3.2", "−2.0"]);
    expect(queryAllTexts(".o_trust_reason > span")).toEqual([
        "Promise kept on time, 6 times newest: Drawings, Nov 14",
        "Introduced somebody Nov 14",
        "Promise broken Drawings, Nov 14",
    ]);
    expect(".o_trust_reason[data-signal=referral] a").toHaveCount(0);
});

test("C12: a record whose name says the day does not say it twice", async () => {
    const name = "Visit on 11/14/2026";
    await mountPanel({reasons_up: [reason({name})], reasons_down: []});
    expect.verifySteps(["panel of 7"]);
    expect(".o_trust_reason a").toHaveText(name);
});

test("C12: a reason opens its record, by mouse and by keyboard", async () => {
    catchActions();
    await mountPanel();
    await click(".o_trust_reason[data-signal=promise_kept] a");
    await press("Tab");
    while (!document.activeElement.matches("[data-signal=promise_broken] a")) {
        await press("Tab");
    }
    await press("Enter");
    expect.verifySteps(["panel of 7", "customer 2", "customer 2"]);
});

test("C11: why did it move, for a preset and for a month", async () => {
    await mountPanel();
    onRpc("trust.relationship", "get_trust_movement", ({args}) => {
        // To the minute: the mocked clock runs on.
        expect.step(
            args
                .slice(1)
                .map((moment) => moment.slice(0, 16))
                .join(" ")
        );
        return {
            index_from: 64.2,
            index_to: 61.2,
            reasons_up: [],
            reasons_down: [reason({label: "Complaint", effect: -2.8})],
            fading: -0.2,
        };
    });
    await click(".o_trust_movement button:first");
    await animationFrame();
    expect(queryAllTexts(".o_trust_movement .o_trust_effect")).toEqual([
        "−2.8",
        "−0.2",
    ]);
    expect(".o_trust_movement_answer p:first").toHaveText("From 64.2 to 61.2.");
    await click(".o_trust_movement select");
    await select("2026-10");
    await animationFrame();
    await click(".o_trust_month:first");
    await animationFrame();
    expect(".o_trust_movement select").toHaveValue("2026-11");
    expect.verifySteps([
        "panel of 7",
        "2026-10-22 23:00 2026-11-22 12:00",
        "2026-09-30 23:00 2026-10-31 23:00",
        "2026-10-31 23:00 2026-11-22 12:00",
    ]);
});

test("C13: thin evidence says so and what would add some", async () => {
    await mountPanel({
        thin: true,
        band: false,
        circle: false,
        missing_step: {
            step: "care",
            label: "exchange and care",
            hint: "A meeting would help.",
        },
    });
    expect.verifySteps(["panel of 7"]);
    expect(".o_trust_panel .o_trust_ring").toHaveClass("o_trust_band_thin");
    expect(".o_trust_thin").toHaveText(/^Little evidence\..*A meeting would help\.$/s);
    expect(".o_trust_standing_circle").toHaveText("Not enough evidence for a circle");
});

test("C10: an override shows beside what the evidence says", async () => {
    await mountPanel({
        override: {reason: "Old school friend", until: "2026-12-24"},
        circle: {id: 4, name: "Family"},
    });
    expect.verifySteps(["panel of 7"]);
    expect(".o_trust_standing_circle").toHaveText("Family");
    expect(".o_trust_override").toHaveText(
        /Set by hand until 12\/24\/2026: .*Old school friend.*The evidence alone says: Insider, Expanding\./s
    );
});

test("one person holding most of the trust is named", async () => {
    await mountPanel({bonds: [{name: "Marc Demo", share: 0.82, single_thread: true}]});
    expect.verifySteps(["panel of 7"]);
    expect(".o_trust_standing").toHaveText(
        /Marc Demo holds 82% of the trust\s*single thread/
    );
});

test("C13: without a relationship nothing is asked and a sentence says what will come", async () => {
    await mountPanel({}, 2);
    expect.verifySteps([]);
    expect(".o_trust_none b").toHaveText("No trust score yet");
});

test("C13: a relationship that was never scored reads as no score, not as a bad one", async () => {
    await mountPanel({index: 0, as_of: false, parts: []});
    expect.verifySteps(["panel of 7"]);
    expect(".o_trust_none").toHaveCount(1);
    expect(".o_trust_fraction").toHaveCount(0);
});

test("an error is told and can be tried again", async () => {
    let broken = true;
    onRpc("trust.relationship", "get_trust_panel", () => {
        if (broken) {
            throw new Error("down");
        }
        return PANEL;
    });
    await mountView({type: "form", resModel: "customer", resId: 1, arch: ARCH});
    await animationFrame();
    expect(".o_trust_panel .alert").toHaveCount(1);
    broken = false;
    await click(".o_trust_panel .alert button");
    await animationFrame();
    expect(".o_trust_fraction").toHaveCount(1);
});

test("I1: a bar explains itself, by what it means and what made it so", async () => {
    await mountPanel();
    expect(".o_trust_part_explained").toHaveCount(0);
    await click(".o_trust_part[data-part=R]");
    await animationFrame();
    expect(".o_trust_part[data-part=R]").toHaveAttribute("aria-expanded", "true");
    expect(".o_trust_part_explained").toHaveText(/Reliability: 6.1 of 10/);
    expect(".o_trust_part_explained").toHaveText(/What Reliability means/);
    expect(queryAllTexts(".o_trust_part_explained .o_trust_effect")).toEqual([
        "+0.9",
        "−0.3",
    ]);
    await click(".o_trust_part[data-part=R]");
    await animationFrame();
    expect(".o_trust_part_explained").toHaveCount(0);
    expect.verifySteps(["panel of 7"]);
});

test("I1: what lowers our self-orientation is good; of nothing recorded it says so", async () => {
    await mountPanel();
    await click(".o_trust_part[data-part=S]");
    await animationFrame();
    expect(".o_trust_part_explained .o_trust_effect").toHaveClass("o_trust_up");
    await click(".o_trust_part[data-part=I]");
    await animationFrame();
    expect(".o_trust_part_explained").toHaveText(/everybody starts at 5.5/);
    expect.verifySteps(["panel of 7"]);
});

test("I1: beside each fact of a bar stands what it means for trust", async () => {
    await mountPanel();
    expect(".o_trust_meaning").toHaveCount(0);
    expect(".o_trust_reason [title='Integrity · Prediction']").toHaveCount(3);
    await click(".o_trust_part[data-part=R]");
    await animationFrame();
    expect(".o_trust_part_explained .o_trust_meaning:first").toHaveText(
        "Integrity · Prediction"
    );
    expect.verifySteps(["panel of 7"]);
});

test("I1: the next steps open their record, or do what they say", async () => {
    catchActions();
    onRpc("trust.relationship", "open_panel_door", ({args}) => {
        expect.step(`door ${args[1]} of ${args[0]}`);
        return {res_model: "trust.promise", res_id: "new"};
    });
    await mountPanel();
    expect(queryAllTexts(".o_trust_next li")).toEqual([
        "Our promise “Drawings”: tomorrow. Show",
        "A small promise, kept, would help most. Make a promise",
    ]);
    await click(".o_trust_next a");
    await click(".o_trust_next button");
    await animationFrame();
    await click(".o_trust_doors [data-door=contact]");
    await animationFrame();
    expect.verifySteps([
        "panel of 7",
        "customer 2",
        "door promise of 7",
        "trust.promise new",
        "door contact of 7",
        "trust.promise new",
    ]);
});

test("I1: the deepest fall is named in the drawing", async () => {
    await mountPanel({
        turn: {
            date: "2026-10-01 01:00:00",
            index: 55,
            text: "Late delivery, Complaint",
        },
    });
    expect(".o_trust_turn").toHaveCount(1);
    expect(".o_trust_turn_text").toHaveText("Late delivery, Complaint");
    expect(".o_trust_sparkline").toHaveAttribute(
        "aria-label",
        /it fell: Late delivery, Complaint/
    );
    expect.verifySteps(["panel of 7"]);
});

test("I1: the circle says since when it holds", async () => {
    await mountPanel({circle_since: "March"});
    expect(".o_trust_standing_circle").toHaveText("Insider since March");
    expect.verifySteps(["panel of 7"]);
});
