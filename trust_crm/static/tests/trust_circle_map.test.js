import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {
    animationFrame,
    click,
    hover,
    press,
    queryAllTexts,
    queryOne,
    queryRect,
    waitFor,
} from "@odoo/hoot-dom";
import {advanceTime, mockMatchMedia} from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
    removeFacet,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import {DotGrid} from "@trust_crm/views/circle_map/circle_map_grid";
import {layOut} from "@trust_crm/views/circle_map/circle_map_layout";

const ARCH = `
    <circle_map size="mass" sample="1">
        <field name="mass"/>
        <field name="evidence_count" string="Number of Facts"/>
    </circle_map>`;

class Relationship extends models.Model {
    _name = "trust.relationship";

    name = fields.Char();
    mass = fields.Float({string: "Weight of Evidence"});
    evidence_count = fields.Integer({string: "Evidence"});

    _views = {
        search: `
            <search>
                <filter name="mine" string="Mine" domain="[['id', '=', 7]]"/>
                <filter name="by_mass" string="By mass" context="{'group_by': 'mass'}"/>
            </search>`,
    };
}

defineModels([Relationship]);
defineMailModels();

const RINGS = [
    {id: 1, name: "Outsider", count: 1},
    {id: 2, name: "Acquaintance", count: 1},
    {id: 3, name: "Insider", count: 0},
    {id: 4, name: "Family", count: 1},
];
// The orders matter: by ring inwards 9, 7, 8, then who has little evidence.
const DOTS = {
    id: [7, 8, 9, 10],
    name: ["Ready Mat", "Castor", "Hospice", "Rosa"],
    index: [52, 38, 66, 50],
    band: ["2", "0", "4", ""],
    place: [1.5, 0.3, 3.4, -0.8],
    was: [2.2, null, null, null],
    size: [0.4, 1, 0.7, 0],
    trend: [-6, 0, 1, 0],
};
const MAP = {rings: RINGS, little: 1, total: 4, size_range: [0, 14.6], dots: DOTS};
const NOBODY = {
    ...MAP,
    rings: RINGS.map((ring) => ({...ring, count: 0})),
    little: 0,
    total: 0,
    dots: Object.fromEntries(Object.keys(DOTS).map((name) => [name, []])),
};
const WORDS = {
    index: 52,
    about: [44.2, 59.8],
    thin: false,
    before: 58,
    circle: "Acquaintance",
    stage: "Exploring",
    owner: "Marc Demo",
    last_contact: "2026-11-20 10:00:00",
    because: ["Promise broken, 2 times"],
};

function serve(answer = MAP) {
    mockMatchMedia({"prefers-reduced-motion": "reduce"});
    onRpc("trust.relationship", "get_circle_map", ({kwargs}) => {
        expect.step(
            `map of ${JSON.stringify(kwargs.domain)} by ${kwargs.size_measure}`
        );
        return typeof answer === "function" ? answer(kwargs) : answer;
    });
    onRpc("trust.relationship", "get_circle_map_words", ({args}) => {
        expect.step(`words of ${args[0]}`);
        return Object.fromEntries(args[0].map((id) => [id, WORDS]));
    });
}

async function mountMap(props = {}) {
    await mountView({
        type: "circle_map",
        resModel: "trust.relationship",
        arch: ARCH,
        selectRecord: (id) => expect.step(`open ${id}`),
        ...props,
    });
    await waitFor(".o_circle_map_canvas[data-drawn]");
    await animationFrame();
}

const FIRST = ["map of [] by mass", "words of 7"];

/** Where on the page a dot is, as the drawing has it. */
function pointOf(number) {
    const {width, height} = queryRect(".o_circle_map_canvas");
    const radius = Math.max(Math.min(width, height) / 2 - 10, 40);
    const {xs, ys} = layOut(DOTS, RINGS.length, radius);
    return {x: width / 2 + xs[number] * radius, y: height / 2 + ys[number] * radius};
}

/** Move the pointer to a dot at this very moment, without a frame in between. */
function passOver(number) {
    const {x, y} = pointOf(number);
    const {left, top} = queryRect(".o_circle_map_canvas");
    queryOne(".o_circle_map_canvas").dispatchEvent(
        new window.PointerEvent("pointermove", {clientX: left + x, clientY: top + y})
    );
}

const onDot = (number) => ({position: pointOf(number), relative: true});

test("I2: one read draws all; what moved and who stands where are words", async () => {
    serve();
    await mountMap();
    expect.verifySteps(FIRST);
    expect(".o_circle_map_canvas").toHaveAttribute("data-drawn", "4");
    expect(".o_circle_map_canvas").toHaveAttribute(
        "aria-label",
        "Circle map of 4 customers"
    );
    expect(queryAllTexts(".o_circle_map_mover")).toEqual([
        "further\nReady Mat\nInsider → Acquaintance\nPromise broken, 2 times",
    ]);
    expect(queryAllTexts(".o_circle_map_ring")).toEqual([
        "Family\n1",
        "Insider\n0",
        "Acquaintance\n1",
        "Outsider\n1",
        "Little evidence\n1",
    ]);
});

test("I2: hovering a dot shows its card, a click opens it", async () => {
    serve();
    await mountMap();
    expect.verifySteps(FIRST);
    await hover(".o_circle_map_canvas", onDot(1));
    await advanceTime(80);
    await animationFrame();
    expect(".o_circle_map_card").toHaveText(/Castor\nOutsider/);
    await advanceTime(200);
    await animationFrame();
    expect.verifySteps(["words of 8"]);
    expect(".o_circle_map_card").toHaveText(/about 44–60/);
    expect(".o_circle_map_card").toHaveText(/was 58 a month ago/);
    expect(".o_circle_map_card").toHaveText(/Last contact 11\/20\/2026/);
    expect(".o_circle_map_card").toHaveText(/Marc Demo/);
    await click(".o_circle_map_canvas", onDot(1));
    expect.verifySteps(["open 8"]);
});

test("I2: a card that is known is not asked for again, nor one passed over", async () => {
    serve();
    await mountMap();
    expect.verifySteps(FIRST);
    passOver(2);
    passOver(0);
    await advanceTime(200);
    await animationFrame();
    expect(".o_circle_map_card").toHaveText(/Ready Mat.*Insider → Acquaintance/s);
    expect.verifySteps([]);
});

test("I2: the keyboard goes from the centre outwards, Enter opens", async () => {
    serve();
    await mountMap();
    expect.verifySteps(FIRST);
    expect(".o_circle_map_canvas").toHaveProperty("tabIndex", 0);
    queryOne(".o_circle_map_canvas").focus();
    await animationFrame();
    const spoken = [];
    for (const key of ["", "ArrowRight", "ArrowDown", "End", "ArrowUp", "Home"]) {
        if (key) {
            await press(key);
            await animationFrame();
        }
        spoken.push(queryOne(".o_circle_map_stage [aria-live]").textContent);
    }
    const reached = {
        hospice: "Hospice: trust index 66, Family, 1 of 4",
        ready: "Ready Mat: trust index 52, Acquaintance, Insider → Acquaintance, 2 of 4",
        castor: "Castor: trust index 38, Outsider, 3 of 4",
        rosa: "Rosa: little evidence, 4 of 4",
    };
    expect(spoken).toEqual([
        reached.hospice,
        reached.ready,
        reached.castor,
        reached.rosa,
        reached.castor,
        reached.hospice,
    ]);
    await press("Enter");
    expect.verifySteps(["open 9"]);
    await press("Escape");
    await animationFrame();
    expect(".o_circle_map_card").toHaveCount(0);
});

test("I2: another size is another read", async () => {
    serve();
    await mountMap();
    expect.verifySteps(FIRST);
    await click(".o_circle_map_measure");
    await animationFrame();
    await click(".o-dropdown-item:contains(Number of Facts)");
    await animationFrame();
    expect.verifySteps(["map of [] by evidence_count", "words of 7"]);
    expect(".o_circle_map_measure").toHaveText(/Number of Facts/);
});

test("I2: a favourite brings its size, an unknown size is passed over", async () => {
    serve();
    await mountMap({context: {circle_map_size: "evidence_count"}});
    expect.verifySteps(["map of [] by evidence_count", "words of 7"]);
});

test("I2: the empty map shows a sample and what to do", async () => {
    serve(NOBODY);
    await mountMap({noContentHelp: "<p>Nobody is on the map yet</p>"});
    expect.verifySteps(["map of [] by mass"]);
    expect(".o_view_sample_data .o_circle_map_canvas").toHaveAttribute(
        "data-drawn",
        "60"
    );
    expect(".o_view_nocontent").toHaveText(/Nobody is on the map yet/);
});

test("I2: a filter that nobody meets says so; grouping changes nothing", async () => {
    serve(({domain}) => (domain.length ? NOBODY : MAP));
    await mountMap({searchViewId: false, groupBy: ["mass"]});
    expect.verifySteps(FIRST);
    await toggleSearchBarMenu();
    await toggleMenuItem("Mine");
    expect(".o_view_nocontent").toHaveText(/Nobody meets these filters/);
    await removeFacet("Mine");
    expect(".o_view_nocontent").toHaveCount(0);
    expect(".o_circle_map_canvas").toHaveAttribute("data-drawn", "4");
    expect.verifySteps([
        'map of [["id","=",7]] by mass',
        "map of [] by mass",
        "words of 7",
    ]);
});

test("I2: a ring's count filters by that ring", async () => {
    serve();
    await mountMap({searchViewId: false});
    expect.verifySteps(FIRST);
    await click(".o_circle_map_ring:contains(Outsider)");
    await animationFrame();
    await animationFrame();
    expect(".o_searchview_facet").toHaveText(/Circle: Outsider/);
    expect.verifySteps(['map of [["circle_id","=",1]] by mass', "words of 7"]);
});

test("I2: a frame between two loads draws what it knows", async () => {
    let answer = MAP;
    serve(() => answer);
    mockMatchMedia({"prefers-reduced-motion": "no-preference"});
    await mountMap({searchViewId: false});
    answer = NOBODY;
    await toggleSearchBarMenu();
    await toggleMenuItem("Mine");
    answer = MAP;
    await removeFacet("Mine");
    await advanceTime(1000);
    expect(".o_circle_map_canvas").toHaveAttribute("data-drawn", "4");
    expect.verifySteps([...FIRST, 'map of [["id","=",7]] by mass', ...FIRST]);
});

test("I2: what was cut off is told", async () => {
    serve({...MAP, total: 23456});
    await mountMap();
    expect(".o_circle_map_cut").toHaveText(
        /Showing the 4 with most evidence of 23,456\./
    );
    expect.verifySteps(FIRST);
});

test("I2: the same customers as a table, page by page", async () => {
    serve(many(120));
    await mountMap();
    expect(".o_circle_map_list tbody tr").toHaveCount(50);
    await click(".o_circle_map_list button:contains(Next page)");
    await click(".o_circle_map_list button:contains(Next page)");
    await animationFrame();
    expect(".o_circle_map_list tbody tr").toHaveCount(20);
    expect(".o_circle_map_list caption").toHaveText(/Page 3 of 3/);
    await click(".o_circle_map_list tbody button:first");
    expect.verifySteps(["map of [] by mass", "open 94"]);
});

test("I2: zoom by keyboard and wheel, and back to the whole", async () => {
    serve();
    await mountMap();
    expect.verifySteps(FIRST);
    expect("button[aria-label='Whole map']").not.toBeEnabled();
    await click("button[aria-label='Zoom in']");
    await animationFrame();
    expect("button[aria-label='Whole map']").toBeEnabled();
    await click("button[aria-label='Whole map']");
    await animationFrame();
    expect(".o_circle_map_zoomed").toHaveCount(0);
    queryOne(".o_circle_map_canvas").dispatchEvent(
        new window.WheelEvent("wheel", {deltaY: -300, cancelable: true})
    );
    await animationFrame();
    expect(".o_circle_map_zoomed").toHaveCount(1);
});

test("I2: those who moved open, and all of them as a list", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(`${action.res_model} ${JSON.stringify(action.domain)}`);
        },
    });
    const data = many(40);
    data.dots.was = data.dots.place.map((place, dot) => (dot < 8 ? place - 1 : null));
    serve(data);
    await mountMap();
    await click(".o_circle_map_mover:first");
    await click(".o_circle_map_moved .btn-link");
    expect.verifySteps([
        "map of [] by mass",
        "words of 1,2,3,4,5,6",
        "open 1",
        'trust.relationship [["id","in",[1,2,3,4,5,6,7,8]]]',
    ]);
});

/** A map of so many, spread over all rings. */
function many(count) {
    const numbers = [...Array(count).keys()];
    const column = (value) => numbers.map(value);
    return {
        ...MAP,
        total: count,
        dots: {
            id: column((n) => n + 1),
            name: column((n) => `Customer ${n}`),
            index: column((n) => 30 + (n % 40)),
            band: column((n) => ["", "0", "1", "2", "3", "4"][n % 6]),
            place: column((n) => -1 + (n % 500) / 100),
            was: column(() => null),
            size: column((n) => ((n * 7) % 11) / 11),
            trend: column(() => 0),
        },
    };
}

test("I2: ten thousand dots are laid out, each within its ring", async () => {
    serve(many(10_000));
    await mountMap();
    expect(".o_circle_map_canvas").toHaveAttribute("data-drawn", "10000");
    expect.verifySteps(["map of [] by mass"]);
});

test("I2: dots keep their ring and stand apart; yesterday's place is today's", () => {
    const {dots} = many(200);
    const {xs, ys, sizes} = layOut(dots, 4, 340);
    let worst = 0;
    for (let a = 0; a < xs.length; a++) {
        for (let b = 0; b < a; b++) {
            const apart = Math.hypot(xs[a] - xs[b], ys[a] - ys[b]) * 340;
            worst = Math.max(
                worst,
                (sizes[a] + sizes[b] - apart) / Math.min(sizes[a], sizes[b])
            );
        }
    }
    expect(worst).toBeLessThan(0.5);
    expect([...layOut(dots, 4, 340).xs]).toEqual([...xs]);
    const family = dots.place.flatMap((place, dot) => (place >= 3 ? [dot] : []));
    expect(family.every((dot) => Math.hypot(xs[dot], ys[dot]) < 0.3)).toBe(true);
});

test("I2: the grid finds the nearest dot, or none", () => {
    const grid = new DotGrid([0, 0.5, -0.9], [0, 0.5, 0.1], 0.05);
    const close = (dot, distance) => distance < 0.04;
    expect(grid.nearest(0.51, 0.49, close)).toBe(1);
    expect(grid.nearest(-0.88, 0.1, close)).toBe(2);
    expect(grid.nearest(0.3, 0.3, close)).toBe(-1);
});
