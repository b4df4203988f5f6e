"""What a person sees: steps with their seconds, and failures in one sentence."""

import contextlib
import fcntl
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

QUIET_SECONDS = 2
TICK_SECONDS = 15


class Problem(Exception):
    """A failure whose message is one sentence that says what to do."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Show a step that takes longer than two seconds, with its elapsed seconds."""
    started, done = time.monotonic(), threading.Event()
    ticker = threading.Thread(target=_tick, args=(title, done), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()
        elapsed = time.monotonic() - started
        if elapsed >= QUIET_SECONDS:
            say(f"  {title}: {elapsed:.0f} s")


def _tick(title: str, done: threading.Event) -> None:
    if done.wait(QUIET_SECONDS):
        return
    say(f"  {title} …")
    seconds = 0
    while not done.wait(TICK_SECONDS):
        seconds += TICK_SECONDS
        say(f"  {title} … {seconds} s")


@contextlib.contextmanager
def locked(path: Path, busy: str) -> Iterator[None]:
    """Hold a lock file; say ``busy`` when another command holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"  {busy}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
