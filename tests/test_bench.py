"""The benchmarks run and say what they found; the times themselves are not judged."""

import json

from workshop.bench.report import HEADINGS

GOALS = ("B2", "B3", "B7")


def test_table_and_json(command, tmp_path):
    """BENCH: bin/bench prints its table and writes the same as JSON."""
    target = tmp_path / "bench.json"
    chosen = ("--scale", "0.01", "--only", ",".join(GOALS))
    done = command("bench", *chosen, "--json", str(target), seconds=900)
    assert done.returncode == 0, done.stderr
    heading, _rule, *rows = done.stdout.strip().splitlines()
    assert [cell.strip() for cell in heading.split("|")[1:-1]] == list(HEADINGS)
    found = json.loads(target.read_text())
    assert len(found["lines"]) == len(rows)
    assert {line["goal_id"] for line in found["lines"]} == set(GOALS)
    assert all(line["ratio"] > 0 for line in found["lines"])
    assert found["machine"]["cores"] and found["machine"]["postgresql"]


def test_unknown_goal(command):
    """A goal that does not exist is refused in words."""
    done = command("bench", "--only", "B99")
    assert done.returncode and "B99" in done.stderr
