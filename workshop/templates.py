"""The databases that tests are copied from.

``trust_base_…`` holds Odoo's own modules and is shared by all clones of a cache;
``trust_template_…`` adds the addons of one clone and is made anew when they change.
"""

import hashlib
import os
import re
from pathlib import Path

from . import databases, environment, odoo_source, paths, shell, sources
from .console import Problem, locked, step

MODULES = ("crm", "sale_management", "stock", "survey", "event", "mass_mailing")
SUITES_TOO = ("privacy_lookup",)
# The embedded server has no pg_trgm; Odoo says so as an error and does without.
LOGGED_ERROR = re.compile(
    r"^\d{4}-\S+ \S+ \d+ (ERROR|CRITICAL) (?!.*b'CREATE EXTENSION)", re.MULTILINE
)


def copy_to(target: str, extra: tuple[str, ...] = ()) -> None:
    """Copy this clone's template, made or renewed when the addons changed."""
    name = f"trust_template_{paths.clone_id()}{'_suites' if extra else ''}"
    with locked(paths.clone_folder() / f".{name}", "Waiting for the template …"):
        wanted = {"addons": sources.fingerprints(), "base": base_name(extra)}
        if databases.marked(name) != wanted:
            _make_template(name, extra, wanted)
        databases.drop(target)
        databases.copy(name, target)


def copy_base_to(target: str, extra: tuple[str, ...] = ()) -> None:
    """Copy the database of Odoo's own modules."""
    source = base(extra)
    with locked(paths.cache() / f".{source}", "Waiting for the base database …"):
        databases.drop(target)
        databases.copy(source, target)


def _make_template(name: str, extra: tuple[str, ...], wanted: dict) -> None:
    with step("Installing the addons into the tests' template database"):
        copy_base_to(name, extra)
        run_odoo(name, "-i", ",".join(wanted["addons"]))
        databases.mark(name, wanted)


def base_name(extra: tuple[str, ...] = ()) -> str:
    odoo = os.environ[odoo_source.RESOLVED]
    release = (Path(odoo) / "odoo" / "release.py").stat().st_mtime_ns
    known = hashlib.sha256(f"{odoo}{release}{MODULES + extra}".encode())
    return f"trust_base_{known.hexdigest()[:8]}"


def base(extra: tuple[str, ...] = ()) -> str:
    """The database of Odoo's own modules without demo data."""
    name = base_name(extra)
    with locked(paths.cache() / f".{name}", "Waiting for the base database …"):
        if not databases.exists(name):
            with step("Installing Odoo's apps for the tests"):
                unfinished = f"{name}_unfinished"
                databases.drop(unfinished)
                run_odoo(unfinished, "-i", ",".join(MODULES + extra))
                databases.rename(unfinished, name)
    return name


def run_odoo(database: str, *arguments: str) -> None:
    """Install or update modules and stop; its log is shown when it fails."""
    quiet = ("--stop-after-init", "--no-http", "--log-level=warn")
    output = shell.run(
        environment.odoo_command("-d", database, *quiet, *arguments),
        f"Odoo failed on database {database} with {' '.join(arguments)}:",
        env=os.environ | {"PGOPTIONS": "-c synchronous_commit=off"},
    )
    _require_clean(output, database)


def _require_clean(output: str, database: str) -> None:
    """Odoo may end with success although it logged an error."""
    if LOGGED_ERROR.search(output):
        raise Problem(f"Odoo logged errors on database {database}:\n{output}")
