"""Addons of others that do what ours do: fetched once, pinned, never shipped."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from .. import paths, shell, templates
from ..console import locked, step
from . import odoo_env

PINNED = paths.REPOSITORY / "workshop" / "requirements-bench.txt"
ADDONS = ("crm_claim", "helpdesk_mgmt")
GROUPS = ("helpdesk_mgmt.group_helpdesk_user", "sales_team.group_sale_salesman")


def addons_path() -> str:
    """Odoo's option that makes our addons and the peers' known, fetching them."""
    return f"--addons-path={paths.REPOSITORY},{_fetched()}"


def install(database: str) -> None:
    """Install the peers into a database; its user may work with them."""
    odoo_env.close(database)
    with step(f"Installing {', '.join(ADDONS)} into {database}"):
        templates.run_odoo(database, addons_path(), "-i", ",".join(ADDONS))


def _fetched() -> Path:
    known = hashlib.sha256(PINNED.read_bytes()).hexdigest()[:8]
    folder = paths.cache() / "peers" / known
    with locked(paths.cache() / ".peers", "Waiting for the peers …"):
        if not folder.exists():
            _fetch(folder)
    return folder / "odoo" / "addons"


def _fetch(folder: Path) -> None:
    unfinished = folder.with_name(f"{folder.name}_{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    with step("Fetching the addons to compare with"):
        shell.run_quietly(
            [sys.executable, "-m", "pip", "install", "--no-input", "--no-deps",
             "--no-compile", "--disable-pip-version-check", "--target", unfinished,
             "-r", PINNED],
            "The addons to compare with could not be fetched: check the network.",
        )  # fmt: skip
    unfinished.rename(folder)
