"""Everything a command needs around it: Python, Odoo, the database server."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlsplit

from . import odoo_source, paths, postgres, python_env
from .console import locked

LAUNCHER = paths.REPOSITORY / "workshop" / "launcher" / "odoo"


def enter(development: bool) -> None:
    """Prepare the machine and go on inside the virtual environment."""
    python_env.require_supported_python()
    paths.cache().mkdir(parents=True, exist_ok=True)
    with locked(paths.cache() / ".lock", "Waiting for another command to finish …"):
        with ThreadPoolExecutor() as both:
            packages = both.submit(python_env.ensure, development)
            os.environ[odoo_source.RESOLVED] = str(odoo_source.find())
            python = packages.result()
    if not python_env.active():
        os.execv(python, [str(python), *sys.argv])


def settle() -> None:
    """Put Odoo, its configuration and the database server into the environment."""
    os.environ.update(database_server())
    os.environ["ODOO_RC"] = str(_configuration())
    os.environ["PYTHONPATH"] = os.pathsep.join(
        (os.environ[odoo_source.RESOLVED], str(paths.REPOSITORY))
    )
    keep_bytecode()


def keep_bytecode() -> None:
    """Let Python keep compiled files in the cache, never beside the sources.

    Also where the machine wants none: each start of Odoo would compile some thousand
    files anew, which is three quarters of its time.
    """
    os.environ["PYTHONPYCACHEPREFIX"] = str(paths.cache() / "pycache")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def database_server() -> dict[str, str]:
    """The user's own server when named, or else the embedded one, running."""
    uri = os.environ.get("ODOO_DB_URI")
    if uri:
        return from_uri(uri)
    if os.environ.get("PGHOST"):
        return {}
    return embedded_server().ensure().environment()


def embedded_server() -> postgres.Server:
    programs = postgres.embedded_programs(python_env.python())
    return postgres.Server(paths.cache() / "postgres", programs)


def from_uri(uri: str) -> dict[str, str]:
    """The libpq variables that stand for a postgresql:// address."""
    parts = urlsplit(uri)
    named = {
        "PGHOST": parts.hostname,
        "PGPORT": parts.port,
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
    }
    return {name: unquote(str(value)) for name, value in named.items() if value}


def _configuration() -> Path:
    """Odoo's configuration file of this clone."""
    options = {
        "addons_path": paths.REPOSITORY,
        "data_dir": paths.data_folder(),
        "http_interface": "127.0.0.1",
        "list_db": "True",
        "limit_time_real": "1200",
        "limit_time_cpu": "600",
        "limit_time_real_cron": "1200",
    }
    text = "[options]\n" + "".join(f"{k} = {v}\n" for k, v in options.items())
    target = paths.clone_folder() / "odoo.conf"
    if not target.exists() or target.read_text() != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    paths.data_folder().mkdir(parents=True, exist_ok=True)
    return target


def odoo_command(*arguments: str) -> list[str]:
    return [sys.executable, str(LAUNCHER), *arguments]
