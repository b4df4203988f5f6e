"""One run of pytest, shown as it goes, its closing line kept."""

import argparse
import os
import re
import subprocess
import sys
from dataclasses import dataclass

from . import paths
from .console import say

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CLOSING_LINE = re.compile(r"\d+ (passed|failed|skipped|errors?|deselected|warnings?)")
NO_TESTS_RAN = 5


@dataclass
class Outcome:
    name: str
    exit_code: int
    closing_line: str


def run(
    name: str,
    arguments: list[str],
    options: argparse.Namespace,
    side_by_side: bool = False,
) -> Outcome:
    """Run pytest and show what it says.

    :param side_by_side: other runs talk at the same time: each line says whose it is
    """
    say(f"== {name}")
    command = [sys.executable, "-m", "pytest", f"--rootdir={paths.REPOSITORY}"]
    command += ["-c", str(paths.REPOSITORY / "pyproject.toml"), *arguments]
    command += ["-m", ""] if options.long else []
    command += ["--color=yes"] if sys.stdout.isatty() else []
    prefix = f"{name}: " if side_by_side else ""
    return _follow(name, [*command, *options.pytest_options], prefix)


def _follow(name: str, command: list[str], prefix: str) -> Outcome:
    closing_line = "no closing line"
    process = subprocess.Popen(
        command,
        cwd=paths.REPOSITORY,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    for line in process.stdout:
        print(f"{prefix}{line}", end="", flush=True)
        plain = COLOUR.sub("", line).strip(" =\n")
        closing_line = plain if CLOSING_LINE.match(plain) else closing_line
    code = process.wait()
    return Outcome(name, 0 if code == NO_TESTS_RAN else code, closing_line)


def _environment() -> dict[str, str]:
    """Test databases need not survive a power failure: commit without waiting."""
    settings = "-c synchronous_commit=off"
    return os.environ | {"PGOPTIONS": os.environ.get("PGOPTIONS", settings)}
