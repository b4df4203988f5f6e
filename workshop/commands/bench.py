"""bin/bench: the benchmarks, in the workshop's Python, on its database server."""

import os
import sys

from .. import paths
from ..console import Problem

DEVELOPMENT = True
BENCH = paths.REPOSITORY / "workshop" / "bench" / "__main__.py"
HELP = """usage: bin/bench [ARGUMENT ...]

Measure trust_crm and print the figures as a table and as JSON. The arguments go to
workshop/bench; bin/bench --scale N measures N times the usual amount of data."""


def arguments(argv: list[str]) -> list[str]:
    if {"-h", "--help"} & set(argv):
        print(HELP)
        sys.exit(0)
    if not BENCH.exists():
        raise Problem("There are no benchmarks in workshop/bench yet.")
    return argv


def main(argv: list[str]) -> None:
    os.execv(sys.executable, [sys.executable, "-m", "workshop.bench", *argv])
