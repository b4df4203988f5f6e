"""The phases of bin/test, the quickest first."""

import argparse
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from . import lint, paths, pytest_runs, shards, system, test_databases
from .console import Problem, say
from .pytest_runs import Outcome

BROWSER_CALL = re.compile(r"\b(start_tour|browser_js)\(")
PROCESS_TESTS = paths.REPOSITORY / "tests"


def run(options: argparse.Namespace) -> int:
    """Run what was asked for; every closing line is printed once more at the end."""
    if options.fix:
        return _close(lint.fix())
    targets = [_existing(path) for path in options.paths]
    jobs: list[Callable[[], list[Outcome]]] = []
    if options.lint or not (targets or options.no_lint or options.odoo_suites):
        jobs.append(lint.run)
    if options.odoo_suites:
        jobs.append(partial(_odoo_suites, options))
    elif not options.lint:
        jobs += _tests(options, targets)
    return _close(_side_by_side(jobs) if len(jobs) > 2 else _in_turn(jobs))


def _tests(
    options: argparse.Namespace, targets: list[Path]
) -> list[Callable[[], list[Outcome]]]:
    """What was named, one after the other; everything, in parts."""
    if targets or options.db or shards.workers() == 1:
        return [
            lambda: _addon_tests(options, targets) + _process_tests(options, targets)
        ]
    processes = partial(_process_tests, options, targets, side_by_side=True)
    return [processes, *_shards(options)]


def _in_turn(jobs: list[Callable[[], list[Outcome]]]) -> list[Outcome]:
    return [outcome for job in jobs for outcome in job()]


def _side_by_side(jobs: list[Callable[[], list[Outcome]]]) -> list[Outcome]:
    """Style is checked while the first of the others prepares the template."""
    with ThreadPoolExecutor(shards.workers()) as pool:
        running = [pool.submit(job) for job in jobs]
        try:
            return [outcome for job in running for outcome in job.result()]
        except BaseException:
            # Ctrl-C, or a fault of the workshop: what has not begun does not begin.
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _shards(options: argparse.Namespace) -> list[Callable[[], list[Outcome]]]:
    """Runs of the addon tests in parts, each on a database of its own."""
    system.need_chromium()
    parts = shards.split(_addon_test_folders(), shards.count(), _uses_browser)

    def run(number: int) -> list[Outcome]:
        name = f"addons {number} of {len(parts)}"
        with test_databases.for_addons(None, f"_{number}") as database:
            arguments = _on_odoo(database, parts[number - 1])
            return [pytest_runs.run(name, arguments, options, side_by_side=True)]

    return [partial(run, number) for number in range(1, len(parts) + 1)]


def _on_odoo(database: str, chosen: list[Path]) -> list[str]:
    return [f"--odoo-database={database}", "--odoo-http", *map(str, chosen)]


def _existing(path: str) -> Path:
    target = Path(path.split("::")[0]).resolve()
    if not target.exists():
        raise Problem(f"There is no {path}: name a test file or a folder.")
    if not target.is_relative_to(paths.REPOSITORY):
        raise Problem(f"{path} lies outside the repository {paths.REPOSITORY}.")
    return Path(f"{target}{path[len(path.split('::')[0]) :]}")


def _addon_tests(options: argparse.Namespace, targets: list[Path]) -> list[Outcome]:
    chosen = [path for path in targets if not path.is_relative_to(PROCESS_TESTS)]
    chosen = chosen if targets else _addon_test_folders()
    if not chosen:
        return []
    if any(map(_uses_browser, chosen)):
        system.need_chromium()
    with test_databases.for_addons(options.db) as database:
        return [pytest_runs.run("addons", _on_odoo(database, chosen), options)]


def _uses_browser(target: Path) -> bool:
    """Odoo skips browser tests silently when there is no Chromium."""
    place = Path(str(target).split("::")[0])
    files = place.rglob("test_*.py") if place.is_dir() else [place]
    return any(BROWSER_CALL.search(file.read_text()) for file in files)


def _addon_test_folders() -> list[Path]:
    folders = [folder / "tests" for folder in paths.addon_folders()]
    return [folder for folder in folders if list(folder.glob("test_*.py"))]


def _process_tests(
    options: argparse.Namespace, targets: list[Path], side_by_side: bool = False
) -> list[Outcome]:
    chosen = [path for path in targets if path.is_relative_to(PROCESS_TESTS)]
    if not targets and list(PROCESS_TESTS.rglob("test_*.py")):
        chosen = [PROCESS_TESTS]
    if not chosen:
        return []
    arguments = ["-p", "no:odoo", *map(str, chosen)]
    return [pytest_runs.run("processes", arguments, options, side_by_side)]


def _odoo_suites(options: argparse.Namespace) -> list[Outcome]:
    folders = test_databases.suite_folders()
    system.need_chromium()
    with test_databases.for_suites(options.without_us) as database:
        arguments = _on_odoo(database, folders)
        return [pytest_runs.run("Odoo's own suites", arguments, options)]


def _close(outcomes: list[Outcome]) -> int:
    say("")
    for outcome in outcomes:
        print(f"{outcome.name}: {outcome.closing_line}", flush=True)
    return max((outcome.exit_code for outcome in outcomes), default=0)
