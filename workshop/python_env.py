"""The virtual environment of Odoo's and the tests' Python packages, all pinned."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from . import debian, paths, shell
from .console import Problem, say, step

VERSIONS = [(3, 11), (3, 12), (3, 13), (3, 10)]
RUNTIME = paths.REPOSITORY / "workshop" / "requirements.txt"
DEVELOPMENT = paths.REPOSITORY / "workshop" / "requirements-dev.txt"


def folder() -> Path:
    """One environment per version of Python and list of requirements."""
    known = f"{sys.version_info[:2]}{RUNTIME.read_text()}".encode()
    return paths.cache() / "venv" / hashlib.sha256(known).hexdigest()[:8]


def python() -> Path:
    return folder() / "bin" / "python"


def active() -> bool:
    return Path(sys.prefix) == folder()


def require_supported_python() -> None:
    """Odoo 19 runs on 3.10 to 3.13; go on with another interpreter if need be."""
    if sys.version_info[:2] in VERSIONS:
        return
    for major, minor in VERSIONS:
        other = shutil.which(f"python{major}.{minor}")
        if other:
            os.execv(other, [other, *sys.argv])
    raise Problem(
        f"Odoo 19 needs Python 3.10 to 3.13 and this is {sys.version.split()[0]}: "
        "install one of them, for example python3.13."
    )


def ensure(development: bool) -> Path:
    """Make what is missing of the environment and return its interpreter."""
    if not _is_installed(RUNTIME):
        shell.require_space(paths.cache(), 2)
        with step("Installing Odoo's Python packages"):
            _create()
            _install(RUNTIME)
    if development and not _is_installed(DEVELOPMENT):
        with step("Installing the tests' Python packages"):
            _install(DEVELOPMENT)
    return python()


def _create() -> None:
    shutil.rmtree(folder(), ignore_errors=True)
    if shell.have_module("ensurepip"):
        failure = f"A virtual environment could not be made in {folder()}:"
        shell.run_quietly([sys.executable, "-m", "venv", folder()], failure)
    else:
        _create_with_fetched_pip()


def _create_with_fetched_pip() -> None:
    """Debian splits pip off into python3-venv; its wheel needs no root to use."""
    wheels = paths.cache() / "pip"
    if not list(wheels.rglob("pip-*.whl")):
        say("  This Python has no pip of its own; fetching Debian's.")
        debian.fetch(["python3-pip-whl"], wheels)
    wheel = next(wheels.rglob("pip-*.whl"))
    failure = "A virtual environment could not be made; install python3-venv:"
    shell.run_quietly(
        [sys.executable, "-m", "venv", "--without-pip", folder()], failure
    )
    shell.run_quietly(
        [python(), wheel / "pip", "install", "--no-index", wheel], failure
    )


def _install(requirements: Path) -> None:
    shell.run_quietly(
        [python(), "-m", "pip", "install", "--no-input", "--no-deps", "--no-compile",
         "--disable-pip-version-check", "-r", requirements],
        f"The packages of {requirements.name} could not be installed: check the "
        "network and run the same command again.",
    )  # fmt: skip
    _stamp(requirements).write_text(requirements.read_text())


def _stamp(requirements: Path) -> Path:
    return folder() / f"{requirements.stem}.installed"


def _is_installed(requirements: Path) -> bool:
    stamp = _stamp(requirements)
    return stamp.exists() and stamp.read_text() == requirements.read_text()
