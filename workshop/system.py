"""Programs that only the system's package manager can give."""

import shutil

from . import shell
from .console import Problem, say, step

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def need_chromium() -> str:
    """Chromium's path; installed as root, otherwise asked for in one line."""
    if not chromium():
        _install(["chromium"], "browser tests")
    return chromium()


def need_npm() -> None:
    if not (shell.have("npm") and shell.have("node")):
        _install(["nodejs", "npm"], "checking XML, JavaScript and styles")


def _install(packages: list[str], purpose: str) -> None:
    names = " ".join(packages)
    if not (shell.is_root() and shell.have("apt-get")):
        raise Problem(
            f"Missing for {purpose}: {names}; install it first, on Debian with "
            f"sudo apt-get install {names}."
        )
    say(f"  Installing {names} for {purpose}.")
    failure = f"{names} could not be installed with apt-get: install it by hand."
    with step(f"Installing {names}"):
        shell.run_quietly(["apt-get", "-qq", "update"], failure)
        shell.run_quietly(
            ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages],
            failure,
            env={**shell.environment(), "DEBIAN_FRONTEND": "noninteractive"},
        )
