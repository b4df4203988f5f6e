"""The addon tests in parts of about the same length, to run side by side."""

import os
import re
from pathlib import Path

TEST = re.compile(r"^    def test_", re.MULTILINE)
# In seconds, roughly: a test, a test in a browser, a file's own preparation.
TEST_COSTS, BROWSER_COSTS, FILE_COSTS = 0.5, 12, 1
AT_ONCE = 4


def workers() -> int:
    """How many runs of tests go on at once."""
    return max(1, min(os.cpu_count() or 1, AT_ONCE))


def count() -> int:
    """How many parts: more than workers, so that none waits long at the end."""
    return 3 * workers()


def split(folders: list[Path], parts: int, is_browser) -> list[list[Path]]:
    """Return the test files in ``parts`` lists of about the same weight.

    :param is_browser: tells whether a file of tests needs a browser
    """
    files = sorted(file for folder in folders for file in folder.glob("test_*.py"))
    weights = {file: _weight(file, is_browser(file)) for file in files}
    shares: list[list[Path]] = [[] for _number in range(parts)]
    loads = [0.0] * parts
    for file in sorted(files, key=lambda file: (-weights[file], file)):
        lightest = loads.index(min(loads))
        shares[lightest].append(file)
        loads[lightest] += weights[file]
    return [sorted(share) for share in shares if share]


def _weight(file: Path, browser: bool) -> float:
    tests = len(TEST.findall(file.read_text()))
    return FILE_COSTS + tests * (BROWSER_COSTS if browser else TEST_COSTS)
