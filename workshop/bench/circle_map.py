"""B11: the circle map with 10,000 dots against Odoo's kanban of 80 cards, in Chromium.

Both open from the same list in the same tab, code loaded; a paint is the second frame
after what must be there is there. Frames are those of the browser without a graphics
card while the pointer hovers over the map and the wheel zooms in and out.
"""

import contextlib
import shutil
import statistics
from collections.abc import Iterator

from playwright.sync_api import sync_playwright

from . import odoo_env, server, trust_pages, worlds
from .measure import Line, alternate, compared

TITLE = "the circle map"
GOAL, FRAMES_GOAL = 1.5, 30
DOTS, CARDS = 10_000, 80
WORLD = 0.11  # of the pages' world: a little more than 10,000 relationships
ROUNDS, FRAMES = 7, 90
MAP = f".o_circle_map_canvas[data-drawn='{DOTS}']"
KANBAN = ".o_kanban_record:not(.o_kanban_ghost)"
SPREAD = """UPDATE trust_relationship
               SET mass = 1 + random() * 14, trend_30d = 8 * random() - 4"""

OPEN = """async ([action, ready, count]) => {
    const {services} = odoo.__WOWL_DEBUG__.root.env;
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const started = performance.now();
    const opening = services.action.doAction(action, {clearBreadcrumbs: true});
    while (document.querySelectorAll(ready).length < count) await frame();
    await frame();
    await frame();
    const taken = performance.now() - started;
    await opening;
    return taken / 1000;
}"""
# Frame after frame one event, as fast as the browser shows them.
MOVE = """async ([kind, count]) => {
    const map = document.querySelector(".o_circle_map_canvas");
    const {left, top, width, height} = map.getBoundingClientRect();
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const at = (share) => ({
        clientX: left + width / 2 + Math.cos(share * 40) * share * height * 0.45,
        clientY: top + height / 2 + Math.sin(share * 40) * share * height * 0.45,
        bubbles: true, cancelable: true, pointerType: "mouse",
    });
    const started = (await frame(), performance.now());
    for (let number = 0; number < count; number++) {
        const way = number < count / 2 ? -60 : 60;
        map.dispatchEvent(kind === "hover"
            ? new PointerEvent("pointermove", at(number / count))
            : new WheelEvent("wheel", {...at(0.3), deltaY: way}));
        await frame();
    }
    return (count * 1000) / (performance.now() - started);
}"""


def measure(scale: float) -> list[Line]:
    """The number of dots is the goal's; the scale changes nothing here."""
    with worlds.copied(trust_pages.world(WORLD)) as database:
        actions = _prepare(database)
        with server.running(database) as url, _page(url, database) as page:
            rest = (actions["rest"], ".o_list_view .o_data_row", 1)
            open_map = _opens(page, rest, (actions["map"], MAP, 1))
            open_kanban = _opens(page, rest, (actions["kanban"], KANBAN, CARDS))
            pairs = alternate(open_map, open_kanban, ROUNDS)
            open_map()
            lines = [_frames(page, kind) for kind in ("hover", "zoom")]
    what = f"first paint of {DOTS:,} dots / of a kanban of {CARDS} contacts"
    return [compared("B11", what, pairs, GOAL), *lines]


def _prepare(database: str) -> dict[str, int]:
    """Actions of the bench, without default filters; sizes and movements to draw."""
    with odoo_env.environment(database) as env:
        env.cr.execute(SPREAD)
        values = {
            "rest": ("res.lang", "list,form"),
            "map": ("trust.relationship", "circle_map,form"),
            "kanban": ("res.partner", "kanban,form"),
        }
        actions = env["ir.actions.act_window"].create(
            [
                {"name": name, "res_model": model, "view_mode": mode, "limit": CARDS}
                for name, (model, mode) in values.items()
            ]
        )
        env.cr.commit()
        ids = dict(zip(values, actions.ids, strict=True))
    odoo_env.close(database)
    return ids


@contextlib.contextmanager
def _page(url: str, database: str) -> Iterator:
    """A tab of a logged-in user at an empty place of Odoo."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(f"{url}/web/login?db={database}")
        page.fill("#login", odoo_env.USER)
        page.fill("#password", odoo_env.USER)
        page.press("#password", "Enter")
        page.wait_for_selector(".o_main_navbar")
        yield page
        chromium.close()


def _opens(page, rest: tuple, screen: tuple):
    def open_it() -> float:
        page.evaluate(OPEN, list(rest))
        return page.evaluate(OPEN, list(screen))

    return open_it


def _frames(page, kind: str) -> Line:
    found = [page.evaluate(MOVE, [kind, FRAMES]) for _round in range(ROUNDS)]
    rate = statistics.median(found)
    what = f"frames a second, {kind} over {DOTS:,} dots"
    return Line("B11", what, f"{rate:.0f}", "", rate, FRAMES_GOAL, at_least=True)
