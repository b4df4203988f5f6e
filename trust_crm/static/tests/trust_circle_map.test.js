import {expect, test} from "@odoo/hoot";
import {animationFrame, click, press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, mockMatchMedia} from "@odoo/hoot-mock";
import {
    mockService,
    removeFacet,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import {
    FIRST,
    MAP,
    NOBODY,
    defineMap,
    many,
    mountMap,
    serve,
} from "./trust_circle_map_helpers";

defineMap();

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
    expect(".o_view_sample_data .o_circle_map_renderer").toHaveCount(1);
    await removeFacet("Mine");
    expect(".o_view_nocontent").toHaveCount(0);
    expect(".o_view_sample_data").toHaveCount(0);
    expect(".o_circle_map_canvas").toHaveAttribute("data-drawn", "4");
    expect.verifySteps([
        'map of [["id","=",7]] by mass',
        "map of [] by mass",
        "words of 7",
    ]);
});

test("I2: an arrow down leads from the search to the map", async () => {
    serve();
    await mountMap({searchViewId: false});
    expect.verifySteps(FIRST);
    queryOne(".o_searchview_input").focus();
    await press("ArrowDown");
    expect(".o_circle_map_canvas").toBeFocused();
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

test("I2: ten thousand dots are laid out, each within its ring", async () => {
    serve(many(10_000));
    await mountMap();
    expect(".o_circle_map_canvas").toHaveAttribute("data-drawn", "10000");
    expect.verifySteps(["map of [] by mass"]);
});
