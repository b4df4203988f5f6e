"""Time two things in turns, so that a noisy machine disturbs both alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROUNDS = 5


@dataclass
class Pairs:
    """Seconds of one and the other, round by round."""

    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Median of the ratios pair by pair."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(own / other for own, other in pairs)

    @property
    def our_median(self) -> float:
        return statistics.median(self.ours)

    @property
    def their_median(self) -> float:
        return statistics.median(self.theirs)


@dataclass
class Line:
    """One line of the table: ``ok`` compares ``ratio`` with ``goal``."""

    goal_id: str
    what: str
    ours: str
    theirs: str
    ratio: float
    goal: float | None
    at_least: bool = False
    note: str = ""
    seconds: Pairs | None = None

    @property
    def ok(self) -> bool | None:
        if self.goal is None:
            return None
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal


def alternate(ours: Callable, theirs: Callable, rounds: int = ROUNDS) -> Pairs:
    """Run both in turns, once unmeasured.

    A function that returns a number has measured itself, in seconds.
    """
    pairs = Pairs()
    for number in range(rounds + 1):
        one, other = seconds(ours), seconds(theirs)
        if number:
            pairs.ours.append(one)
            pairs.theirs.append(other)
    return pairs


def seconds(work: Callable) -> float:
    started = time.perf_counter()
    own = work()
    return own if isinstance(own, float) else time.perf_counter() - started


def compared(goal_id, what, pairs, goal, note="") -> Line:
    """A line whose ratio is ours over theirs."""
    return Line(
        goal_id,
        what,
        duration(pairs.our_median),
        duration(pairs.their_median),
        pairs.ratio,
        goal,
        note=note,
        seconds=pairs,
    )


def duration(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


class Memory:
    """Highest resident memory of this process while the block runs, in MB."""

    def __enter__(self):
        Path("/proc/self/clear_refs").write_text("5")
        return self

    def __exit__(self, *_error):
        status = Path("/proc/self/status").read_text()
        peak = next(x for x in status.splitlines() if x.startswith("VmHWM"))
        self.megabytes = int(peak.split()[1]) / 1024
