"""Find Odoo 19: the user's own, an importable one, or Debian's package."""

import importlib.util
import os
import re
import shutil
from pathlib import Path

from . import debian, paths, shell
from .console import Problem

SERIES = "19.0"
PACKAGED = Path("usr/lib/python3/dist-packages")
RESOLVED = "TRUST_WORKSHOP_ODOO"
# Debian leaves this file out, but mail's manifest names it in its assets.
MISSING_ASSET = Path(
    "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
)


def find() -> Path:
    """The folder to put on PYTHONPATH for ``import odoo``; fetched when missing."""
    if RESOLVED in os.environ:
        return Path(os.environ[RESOLVED])
    return _of_user() or _importable() or _of_debian()


def _of_user() -> Path | None:
    named = os.environ.get("ODOO_HOME")
    if not named:
        return None
    home = Path(named).expanduser().absolute()
    for root in (home, home / PACKAGED):
        if series(root) == SERIES:
            return root
    raise Problem(
        f"ODOO_HOME names {home}, where no Odoo {SERIES} is: point it at an Odoo "
        f"{SERIES} checkout, or leave it unset to have Odoo fetched."
    )


def _importable() -> Path | None:
    found = importlib.util.find_spec("odoo")
    for place in (found and found.submodule_search_locations) or ():
        root = Path(place).parent
        if series(root) == SERIES:
            return root
    return None


def _of_debian() -> Path:
    tree = paths.cache() / "odoo"
    if series(tree / PACKAGED) != SERIES:
        shell.require_space(paths.cache(), 3)
        unfinished = tree.with_name("odoo.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(tree, ignore_errors=True)
        debian.fetch_odoo(unfinished)
        _require_series(unfinished / PACKAGED)
        _stub_missing_asset(unfinished / PACKAGED)
        unfinished.rename(tree)
    return tree / PACKAGED


def _require_series(root: Path) -> None:
    if series(root) != SERIES:
        raise Problem(
            f"The package that was fetched holds Odoo {series(root)} and not {SERIES}: "
            f"{debian.OR_ELSE}"
        )


def _stub_missing_asset(root: Path) -> None:
    asset = root / MISSING_ASSET
    asset.parent.mkdir(parents=True, exist_ok=True)
    asset.touch()


def series(root: Path) -> str | None:
    """The series that ``root/odoo/release.py`` states, read without importing it."""
    release = root / "odoo" / "release.py"
    if not release.is_file():
        return None
    version = re.search(r"version_info\s*=\s*\((\d+),\s*(\d+)", release.read_text())
    return ".".join(version.groups()) if version else None
