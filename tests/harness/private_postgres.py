"""A PostgreSQL of a test's own, which it may stop, crash and reconfigure."""

import os
import shutil
import subprocess
from pathlib import Path

from workshop import environment, paths, postgres, python_env


class PrivatePostgres(postgres.Server):
    """Durable like a real one, so that a crash may lose nothing acknowledged."""

    def __init__(self, name: str, settings: dict | None = None):
        programs = postgres.embedded_programs(python_env.python())
        durable = {"synchronous_commit": "on", "shared_buffers": "256MB"}
        home = paths.cache() / "private" / name
        super().__init__(home, programs, durable | (settings or {}))

    def environment(self) -> dict[str, str]:
        return super().environment() | {"PGOPTIONS": ""}

    def crash(self) -> None:
        self.stop("immediate")

    def take_copy(self, database: str) -> str:
        """Copy a database of the shared server into this one."""
        dump = self.home / f"{database}.dump"
        self._run("pg_dump", "-Fc", "-Z1", "-f", dump, database, env=os.environ)
        hurried = self.environment() | {"PGOPTIONS": "-c synchronous_commit=off"}
        self._run("createdb", database, env=hurried)
        self._run(
            "pg_restore", "--single-transaction", "-d", database, dump, env=hurried
        )
        self.sql("CHECKPOINT")
        dump.unlink()
        return database

    def destroy(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.home, ignore_errors=True)

    def _run(self, program: str, *arguments: str | Path, env: dict) -> None:
        command = [self.programs / program, *arguments]
        subprocess.run([str(part) for part in command], env=env, check=True)


def uses_embedded_server() -> bool:
    home = environment.embedded_server().sockets
    return os.environ.get("PGHOST") == str(home)
