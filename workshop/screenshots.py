"""Make the pictures of docs/images from a running demo.

    bin/demo --no-open &
    PYTHON workshop/screenshots.py [--url http://127.0.0.1:8069] [--only form]

PYTHON is one that has Playwright and Pillow (the workshop's own has both). Chromium is
the machine's. Each picture is looked at before it is committed: the script makes them,
it does not judge them.
"""

import argparse
import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from shots import SHOTS, Shot

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZES = {"wide": (1440, 900), "phone": (390, 844)}
LANGUAGES = {"en": "en_US", "zh": "zh_CN"}
SETTLE = 1200  # milliseconds for fonts and charts after the selector is there
COLOURS = 128
# OdooBot greets new users in a window above everything.
HIDE_CHAT = ".o-mail-ChatHub, .o-mail-ChatWindow { display: none !important; }"


# What the draft of the policy picture changes: facts fade within weeks.
DRAFT = {"half_life": 30}


class Browser:
    """A logged-in page and the few questions asked of the server."""

    def __init__(self, page: Page, url: str):
        self.page, self.url = page, url
        self._draft = 0

    def login(self) -> None:
        self.page.goto(self.url + "/web/login")
        self.page.fill("#login", "admin")
        self.page.fill("#password", "admin")
        self.page.press("#password", "Enter")
        self.page.wait_for_selector(".o_main_navbar, .o_home_menu")

    def call(self, model: str, method: str, *args, **kwargs):
        body = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.page.request.post(
            f"{self.url}/web/dataset/call_kw",
            data={"jsonrpc": "2.0", "method": "call", "params": body},
        ).json()
        if "error" in answer:
            raise SystemExit(answer["error"]["data"]["message"])
        return answer.get("result")

    def speak(self, language: str) -> None:
        (me,) = self.call("res.users", "search", [("login", "=", "admin")])
        self.call("res.users", "write", [me], {"lang": language})

    def ids(self, subject: tuple[str, str] | None) -> dict[str, int]:
        if not subject:
            return {}
        module, name = subject[1].split(".")
        found = self.call(
            "ir.model.data",
            "search_read",
            [("module", "=", module), ("name", "=", name)],
            ["res_id"],
        )
        record = found[0]["res_id"]
        relationships = self.call(
            "trust.relationship", "search", [("partner_id", "=", record)], limit=1
        )
        return {"id": record, "relationship": (relationships or [0])[0]}

    def draft(self) -> int:
        """A draft of the published policy, made once; ``tidy`` deletes it."""
        if not self._draft:
            published = self.call(
                "trust.policy", "search", [("state", "=", "published")], limit=1
            )
            action = self.call("trust.policy", "action_new_version", published)
            self._draft = action["res_id"]
            self.call("trust.policy", "write", [self._draft], DRAFT)
        return self._draft

    def leaver(self, user: int) -> int:
        """The list of what this colleague leaves behind; nothing is handed over."""
        (other,) = self.call("res.users", "search", [("login", "=", "tomas")])
        values = {"user_id": user, "new_user_id": other}
        wizard = self.call("trust.handover.pass", "create", values)
        self.call("trust.handover.pass", "action_list", [wizard])
        return wizard

    def tidy(self) -> None:
        self.speak(LANGUAGES["en"])
        if self._draft:
            self.call("trust.policy", "unlink", [self._draft])

    def take(self, shot: Shot, size: str, target: Path) -> None:
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})
        ids = self.ids(shot.subject)
        if "{draft}" in shot.path:
            ids["draft"] = self.draft()
        if "{leaver}" in shot.path:
            ids["leaver"] = self.leaver(ids["id"])
        self.page.goto(self.url + shot.path.format(**ids))
        if shot.click:
            self.page.locator(shot.click).first.click()
        self.page.wait_for_selector(shot.ready)
        self.page.add_style_tag(content=HIDE_CHAT)
        self.page.wait_for_timeout(SETTLE)
        if shot.full:
            self._unfold()
        picture = Image.open(io.BytesIO(self.page.screenshot()))
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(target, optimize=True)

    def _unfold(self) -> None:
        """Make the window as tall as the form, so that nothing is cut off."""
        height = self.page.evaluate(
            "() => Math.max(...[...document.querySelectorAll("
            "'.o_content, .o_form_view, .o_form_renderer, .o_form_sheet_bg')]"
            ".map((e) => e.scrollHeight + e.getBoundingClientRect().top))"
        )
        width = self.page.viewport_size["width"]
        tall = min(int(height) + 20, 2600)
        self.page.set_viewport_size({"width": width, "height": tall})
        self.page.wait_for_timeout(SETTLE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8069")
    parser.add_argument("--only", default="", help="part of a picture's name")
    parser.add_argument("--out", type=Path, default=IMAGES)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        browser = Browser(chromium.new_page(), options.url)
        browser.login()
        try:
            for code, language in LANGUAGES.items():
                browser.speak(language)
                _take_all(browser, code, options)
        finally:
            browser.tidy()
        chromium.close()


def _take_all(browser: Browser, code: str, options: argparse.Namespace) -> None:
    for shot in SHOTS:
        if code not in shot.languages:
            continue
        for size in shot.sizes:
            name = f"{shot.name}-{size}-{code}.png"
            if options.only in name:
                browser.take(shot, size, options.out / name)
                print(name, (options.out / name).stat().st_size // 1024, "kB")


if __name__ == "__main__":
    main()
