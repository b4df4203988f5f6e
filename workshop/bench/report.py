"""The table that people read and the JSON that programs read."""

import json
import os
import platform
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path

from .. import databases
from .measure import Line

SETTINGS = (
    "shared_buffers",
    "effective_cache_size",
    "work_mem",
    "maintenance_work_mem",
    "random_page_cost",
    "max_parallel_workers_per_gather",
    "synchronous_commit",
    "fsync",
    "jit",
)
HEADINGS = ("", "what", "ours", "theirs", "ratio", "goal", "ok")


def machine() -> dict:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "memory_gb": round(pages * size / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
        "postgresql": databases.scalar("SHOW server_version"),
        "settings": {
            name: databases.scalar("SELECT current_setting(%s)", (name,))
            for name in SETTINGS
        },
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [line.split(":")[1].strip() for line in lines if "model name" in line]
    return names[0] if names else platform.machine()


def table(lines: list[Line]) -> str:
    rows = [HEADINGS, *map(_cells, lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "| " + " | ".join(map(str.ljust, row, widths)) + " |"
        for row in (rows[0], rule, *rows[1:])
    )


def _cells(line: Line) -> tuple[str, ...]:
    sign = "≥" if line.at_least else "≤"
    goal = "" if line.goal is None else f"{sign} {line.goal:g}"
    verdict = {True: "yes", False: "NO", None: ""}[line.ok]
    what = f"{line.what} ({line.note})" if line.note else line.what
    ratio = f"{line.ratio:.3g}"
    return (line.goal_id, what, line.ours, line.theirs, ratio, goal, verdict)


def write_json(path: Path, scale: float, described: dict, lines: list[Line]) -> None:
    content = {
        "at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "scale": scale,
        "machine": described,
        "lines": [asdict(line) | {"ok": line.ok} for line in lines],
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
