"""Where things are: the repository, its cache, and what belongs to this clone."""

import hashlib
import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def cache() -> Path:
    """The folder of everything fetched or made; several clones may share one."""
    named = os.environ.get("TRUST_WORKSHOP_CACHE")
    return Path(named).expanduser().absolute() if named else REPOSITORY / ".cache"


def clone_id() -> str:
    """Short name of this clone, so that clones sharing a cache do not fight."""
    return hashlib.sha256(str(REPOSITORY).encode()).hexdigest()[:8]


def clone_folder() -> Path:
    return cache() / "clones" / clone_id()


def data_folder() -> Path:
    """Odoo's data folder: sessions and the file stores of all databases."""
    return cache() / "data"


def addon_folders() -> list[Path]:
    return sorted(path.parent for path in REPOSITORY.glob("*/__manifest__.py"))


def addon_names() -> list[str]:
    return [folder.name for folder in addon_folders()]
