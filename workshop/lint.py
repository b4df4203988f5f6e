"""The checks of style, each a program with its configuration at the root."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from . import node_tools, paths, shell
from .console import say
from .pytest_runs import Outcome

PRETTY = {".xml", ".js", ".css", ".scss"}
SCRIPTS = {".js", ".mjs"}
RULES = "--rcfile=.pylintrc"
QUIET = "--log-level=warn"


def run() -> list[Outcome]:
    say("== lint")
    python = [sys.executable, "-m"]
    return [
        _check("ruff check", [*python, "ruff", "check", "--quiet", "."]),
        _check("ruff format", [*python, "ruff", "format", "--check", "--quiet", "."]),
        _check("pylint-odoo", [*python, "pylint", RULES, *paths.addon_names()]),
        *_on_files("prettier", PRETTY, node_tools.prettier, "--check", QUIET),
        *_on_files("eslint", SCRIPTS, node_tools.eslint),
    ]


def fix() -> list[Outcome]:
    """Let the tools correct what they can by themselves."""
    say("== fixing style")
    python = [sys.executable, "-m"]
    return [
        _check("ruff check", [*python, "ruff", "check", "--fix", "--quiet", "."]),
        _check("ruff format", [*python, "ruff", "format", "--quiet", "."]),
        *_on_files("prettier", PRETTY, node_tools.prettier, "--write", QUIET),
    ]


def _on_files(name: str, suffixes: set[str], tool: Callable, *flags: str):
    files = _files(suffixes)
    return [_check(name, [*tool(), *flags, *files])] if files else []


def _check(name: str, command: list[str]) -> Outcome:
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=paths.REPOSITORY,
        env=shell.environment(),
        stdin=subprocess.DEVNULL,
        check=False,
    )
    verdict = "found faults" if done.returncode else "clean"
    seconds = time.monotonic() - started
    return Outcome(name, min(done.returncode, 1), f"{verdict} in {seconds:.0f} s")


def _files(suffixes: set[str]) -> list[str]:
    """Files of the addons, by path relative to the repository."""
    found = [path for folder in paths.addon_folders() for path in folder.rglob("*")]
    chosen = [path for path in found if path.suffix in suffixes and _is_own(path)]
    return sorted(str(path.relative_to(paths.REPOSITORY)) for path in chosen)


def _is_own(path: Path) -> bool:
    return "static/lib" not in path.as_posix()
