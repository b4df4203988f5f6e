"""The database that one run of tests works on."""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from . import databases, odoo_source, paths, sources, templates
from .console import Problem, step

PREFIX = f"trust_test_{paths.clone_id()}_"
SUITES = ("crm", "sales_team", "rating", "privacy_lookup", "sale_management")


@contextlib.contextmanager
def for_addons(named: str | None, suffix: str = "") -> Iterator[str]:
    """A fresh copy of the template, or the named database, brought up to date.

    :param suffix: tells the copies of one run apart
    """
    if named:
        bring_up_to_date(named)
        yield named
    else:
        with _copy(templates.copy_to, suffix=suffix) as name:
            yield name


@contextlib.contextmanager
def for_suites(without_us: bool) -> Iterator[str]:
    copy_to = templates.copy_base_to if without_us else templates.copy_to
    with _copy(copy_to, templates.SUITES_TOO) as name:
        yield name


@contextlib.contextmanager
def _copy(
    copy_to: Callable, extra: tuple[str, ...] = (), suffix: str = ""
) -> Iterator[str]:
    sweep()
    name = f"{PREFIX}{os.getpid()}{suffix}"
    copy_to(name, extra)
    try:
        yield name
    finally:
        databases.drop(name)


def sweep() -> None:
    """Drop what earlier runs of this clone left behind when they were killed."""
    for name in databases.named_like(PREFIX):
        process = re.match(r"\d+", name[len(PREFIX) :])
        if process and not Path(f"/proc/{process.group()}").exists():
            databases.drop(name)


def bring_up_to_date(name: str) -> list[str]:
    """Install missing addons and update changed ones; return what was touched."""
    if not databases.exists(name):
        templates.copy_to(name)
        databases.mark(name, {"addons": sources.fingerprints()})
    found = databases.odoo_series(name)
    if found != odoo_source.SERIES:
        raise Problem(
            f"Database {name} belongs to Odoo {found or 'no version at all'} and "
            f"this is {odoo_source.SERIES}: name another one with --db."
        )
    facts = databases.marked(name)
    changed = sources.changed(facts.get("addons", {}))
    if changed:
        with step(f"Updating {', '.join(changed)} in {name}"):
            update(name, changed)
        databases.mark(name, facts | {"addons": sources.fingerprints()})
    return changed


def update(name: str, addons: list[str]) -> None:
    installed = databases.installed_modules(name)
    known = [addon for addon in addons if addon in installed]
    new = [addon for addon in addons if addon not in installed]
    arguments = ["-u", ",".join(known)] if known else []
    arguments += ["-i", ",".join(new)] if new else []
    templates.run_odoo(name, *arguments)


def suite_folders() -> list[Path]:
    """Where Odoo's own tests are; Debian keeps a second, incomplete addons folder."""
    root = Path(os.environ[odoo_source.RESOLVED])
    found = (_suite(root, suite) for suite in SUITES)
    return [folder for folder in found if folder]


def _suite(root: Path, name: str) -> Path | None:
    for place in (root / "odoo" / "addons", root / "addons"):
        if (place / name / "tests").is_dir():
            return place / name / "tests"
    return None
