"""Fingerprints of the addons, to know when a database has to be updated."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from . import paths

# What a database never holds: tests, and files that are read from the disk.
NOT_IN_A_DATABASE = {"tests", "static", "readme", "__pycache__"}
SUFFIXES = {".py", ".xml", ".csv", ".po", ".sql"}


def fingerprints() -> dict[str, str]:
    """Addon name to a fingerprint of what a database holds of it."""
    return {folder.name: _fingerprint(folder) for folder in paths.addon_folders()}


def _fingerprint(addon: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(addon):
        digest.update(f"{path.relative_to(addon)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files(addon: Path) -> Iterator[Path]:
    for path in sorted(addon.rglob("*")):
        parts = set(path.relative_to(addon).parts)
        if path.suffix in SUFFIXES and not parts & NOT_IN_A_DATABASE:
            yield path


def changed(known: dict[str, str]) -> list[str]:
    """Addons that differ from the fingerprints a database was marked with."""
    return [name for name, now in fingerprints().items() if known.get(name) != now]
