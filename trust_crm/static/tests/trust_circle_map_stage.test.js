import {expect, test} from "@odoo/hoot";
import {animationFrame, click, hover, press, queryOne} from "@odoo/hoot-dom";
import {advanceTime} from "@odoo/hoot-mock";
import {
    FIRST,
    defineMap,
    mountMap,
    onDot,
    passOver,
    serve,
} from "./trust_circle_map_helpers";

defineMap();

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
