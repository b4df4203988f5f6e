"""Prettier and eslint, pinned by a lock file, in the cache."""

import hashlib
import shutil
from pathlib import Path

from . import paths, shell, system
from .console import step

PINNED = paths.REPOSITORY / "workshop" / "node"


def folder() -> Path:
    pins = (PINNED / "package-lock.json").read_bytes()
    return paths.cache() / "node" / hashlib.sha256(pins).hexdigest()[:8]


def ensure() -> Path:
    """The folder of the installed tools; fetched on first use."""
    system.need_npm()
    done = folder() / ".installed"
    if not done.exists():
        folder().mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PINNED / name, folder())
        with step("Installing prettier and eslint"):
            shell.run_quietly(
                ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
                "Prettier and eslint could not be installed: check the network and "
                "run the same command again.",
                cwd=folder(),
            )
        done.touch()
    return folder() / "node_modules"


def prettier() -> list[str]:
    modules = ensure()
    plugin = modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    return ["node", str(modules / "prettier/bin/prettier.cjs"), f"--plugin={plugin}"]


def eslint() -> list[str]:
    return ["node", str(ensure() / "eslint" / "bin" / "eslint.js")]
