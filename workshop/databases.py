"""Databases: made, copied with their files, dropped, and marked with what they hold.

The mark is the database's comment, so it lives and dies with the database.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator

import psycopg2
from psycopg2 import sql

from . import paths
from .console import Problem

MAINTENANCE = "postgres"


@contextlib.contextmanager
def cursor(database: str = MAINTENANCE) -> Iterator:
    """A cursor outside any transaction."""
    connection = _connect(database)
    connection.autocommit = True
    try:
        with connection.cursor() as open_cursor:
            yield open_cursor
    finally:
        connection.close()


def _connect(database: str):
    try:
        return psycopg2.connect(dbname=database)
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise Problem(
            f"The database server does not let us in ({reason}): check ODOO_DB_URI "
            "and the PG… variables, or unset them to use the embedded server."
        ) from error


def execute(statement: str, *names: str) -> None:
    with cursor() as cr:
        cr.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def scalar(query: str, parameters: tuple = (), database: str = MAINTENANCE):
    with cursor(database) as cr:
        cr.execute(query, parameters)
        row = cr.fetchone()
        return row and row[0]


def exists(name: str) -> bool:
    return bool(scalar("SELECT 1 FROM pg_database WHERE datname = %s", (name,)))


def named_like(prefix: str) -> list[str]:
    with cursor() as cr:
        cr.execute("SELECT datname FROM pg_database")
        return [name for (name,) in cr.fetchall() if name.startswith(prefix)]


def copy(source: str, target: str) -> None:
    """Copy a database nobody is connected to, and its file store."""
    disconnect(source)
    execute("CREATE DATABASE {} TEMPLATE {}", target, source)
    if file_store(source).exists():
        shutil.copytree(file_store(source), file_store(target), copy_function=os.link)


def drop(name: str) -> None:
    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    shutil.rmtree(file_store(name), ignore_errors=True)


def rename(name: str, new_name: str) -> None:
    disconnect(name)
    execute("ALTER DATABASE {} RENAME TO {}", name, new_name)
    if file_store(name).exists():
        file_store(name).rename(file_store(new_name))


def disconnect(name: str) -> None:
    """End the sessions of others; autovacuum gives way to PostgreSQL by itself."""
    scalar(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = %s AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'",
        (name,),
    )


def file_store(name: str):
    return paths.data_folder() / "filestore" / name


def mark(name: str, facts: dict) -> None:
    with cursor() as cr:
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        cr.execute(comment.format(sql.Identifier(name), sql.Literal(json.dumps(facts))))


def marked(name: str) -> dict:
    """The facts a database was marked with; empty for other people's databases."""
    comment = scalar(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname = %s",
        (name,),
    )
    try:
        facts = json.loads(comment or "{}")
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def odoo_series(name: str) -> str | None:
    """The series of the Odoo that a database belongs to, None when it has none."""
    if not scalar("SELECT to_regclass('ir_module_module')::text", (), name):
        return None
    version = scalar(
        "SELECT latest_version FROM ir_module_module WHERE name = 'base'", (), name
    )
    return ".".join(version.split(".")[:2]) if version else None


def installed_modules(name: str) -> set[str]:
    with cursor(name) as cr:
        cr.execute(
            "SELECT name FROM ir_module_module"
            " WHERE state IN ('installed', 'to upgrade')"
        )
        return {row[0] for row in cr.fetchall()}
