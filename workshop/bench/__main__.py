"""The command line of bin/bench."""

import argparse
import importlib
import sys
from pathlib import Path

from ..console import Problem, say
from . import report

# Goal -> the module that measures it, which has one function ``measure(scale)``.
MODULES = {
    "B1": "lead_scoring",
    "B2": "ageing",
    "B3": "folding",
    "B4": "keeping_promises",
    "B5": "odoo_screens",
    "B6": "complaints",
    "B7": "trust_pages",
    "B8": "day_one",
    "B10": "policy_preview",
    "B11": "circle_map",
    "B12": "today",
    "B13": "feedback_page",
    "I7": "team_view",
}


def main(argv: list[str]) -> int:
    options = _arguments(argv)
    described, lines = report.machine(), []
    for goal in options.only:
        bench = importlib.import_module(f".{MODULES[goal]}", __package__)
        say(f"{goal} {bench.TITLE}")
        lines += bench.measure(options.scale)
    print(report.table(lines), flush=True)
    if options.json:
        report.write_json(options.json, options.scale, described, lines)
    return 0


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/bench",
        description="Measure trust_crm against Odoo's own features and against "
        "hand-written SQL, side by side. See docs/benchmarks.md.",
    )
    parser.add_argument(
        "--scale",
        type=_scale,
        default=1.0,
        metavar="N",
        help="1: 100,000 relationships and 2 million evidence rows",
    )
    parser.add_argument(
        "--only",
        type=_goals,
        default=list(MODULES),
        metavar="B1,B2",
        help=f"some of {', '.join(MODULES)}",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write figures there")
    return parser.parse_args(argv)


def _scale(text: str) -> float:
    value = float(text)
    if not 0 < value <= 100:
        raise argparse.ArgumentTypeError("the scale is a number from 0.001 to 100")
    return value


def _goals(text: str) -> list[str]:
    goals = [goal.strip().upper() for goal in text.split(",") if goal.strip()]
    unknown = [goal for goal in goals if goal not in MODULES]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no {', '.join(unknown)}")
    return goals


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Problem as problem:
        say(f"{problem}")
        sys.exit(1)
