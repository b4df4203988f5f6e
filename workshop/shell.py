"""Run other programs; their output is kept and shown only when they fail."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from . import paths
from .console import Problem

SHOWN_LINES = 25


def run(command: Sequence[str | Path], failure: str, **options) -> str:
    """Run to the end and return the output; fail with its tail and ``failure``."""
    done = _completed(command, options)
    if done.returncode:
        raise Problem(f"{tail(done.stdout)}\n{failure}")
    return done.stdout


def tail(text: str) -> str:
    """Return the last lines of what a program said."""
    return "\n".join(text.splitlines()[-SHOWN_LINES:])


def run_quietly(command: Sequence[str | Path], failure: str, **options) -> str:
    """As run, for failures whose sentence is enough; the output goes to a file."""
    done = _completed(command, options)
    if done.returncode:
        log = paths.cache() / "failure.log"
        log.write_text(done.stdout)
        raise Problem(f"{failure} (What happened: {log})")
    return done.stdout


def _completed(command: Sequence[str | Path], options: dict):
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        **options,
    )


def is_root() -> bool:
    return os.geteuid() == 0


def have(program: str) -> bool:
    return shutil.which(program) is not None


def free_bytes(folder: Path) -> int:
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def require_space(folder: Path, needed_gib: float) -> None:
    free_gib = free_bytes(folder) / 2**30
    if free_gib < needed_gib:
        raise Problem(
            f"The disk of {folder} has {free_gib:.1f} GiB free and this needs "
            f"{needed_gib:g}: free some space, or name a folder on another disk "
            "in TRUST_WORKSHOP_CACHE."
        )


def have_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def environment() -> dict[str, str]:
    """The surroundings for programs that must not meet our Odoo and Python."""
    ours = ("PYTHONPATH", "ODOO_RC", "PYTHONPYCACHEPREFIX")
    return {name: value for name, value in os.environ.items() if name not in ours}
