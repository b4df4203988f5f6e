"""The workshop keeps its promises: plain failures, quick and offline starts."""

import argparse
import fcntl
import os
import resource
import shutil
import socket
import subprocess
import sys
import threading

import pytest

from workshop import (
    databases,
    demo,
    environment,
    paths,
    shards,
    sources,
    templates,
    testing,
)
from workshop.console import Problem


def assert_one_sentence(run, *words):
    """The command failed with one line that names these words.

    Indented lines tell of progress: another command was waited for, or the machine was
    busy. They are no failure.
    """
    assert run.returncode == 1, run.stderr
    said = run.stderr.rstrip().splitlines()
    lines = [line for line in said if not line.startswith("  ")]
    assert len(lines) == 1, run.stderr
    for word in words:
        assert word in lines[0]


# ARGUMENTS


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_wrong_port_is_refused_at_once(command, port):
    run = command("demo", f"--port={port}", seconds=30)
    assert run.returncode == 2
    assert "is not a port from 1 to 65535" in run.stderr


def test_wrong_database_name_is_refused_at_once(command):
    run = command("demo", "--db", "a b'; --", seconds=30)
    assert run.returncode == 2
    assert "is no database name" in run.stderr


@pytest.mark.parametrize("name", ["demo", "test", "bench"])
def test_help_needs_nothing(command, name):
    run = command(name, "--help", seconds=30, TRUST_WORKSHOP_CACHE="/nonexistent")
    assert run.returncode == 0
    assert f"bin/{name}" in run.stdout


def test_unknown_test_path(command):
    assert_one_sentence(command("test", "no/such_file.py"), "no/such_file.py")


# FAILURES


def test_taken_port(command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = command("demo", f"--port={port}", "--no-open")
    assert_one_sentence(run, f"Port {port} is taken", "bin/demo --port")


def test_wrong_odoo_home(command, tmp_path):
    run = command("odoo", "--version", ODOO_HOME=str(tmp_path))
    assert_one_sentence(run, str(tmp_path), "ODOO_HOME")


def test_unreachable_own_server(command):
    address = "postgresql://odoo@127.0.0.1:9/postgres"
    run = command("test", "--db", "any", "trust_crm", ODOO_DB_URI=address)
    assert_one_sentence(run, "ODOO_DB_URI")


def test_failure_beside_another_command(command, tmp_path):
    """What is said while waiting is no second sentence of the failure."""
    with (paths.cache() / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        later = threading.Timer(5, fcntl.flock, (held, fcntl.LOCK_UN))
        later.start()
        run = command("odoo", "--version", ODOO_HOME=str(tmp_path))
        later.join()
    assert "Waiting for another command" in run.stderr
    assert_one_sentence(run, str(tmp_path), "ODOO_HOME")


@pytest.fixture
def old_database():
    name = f"trust_test_{paths.clone_id()}_{os.getpid()}_old"
    databases.drop(name)
    databases.execute("CREATE DATABASE {} TEMPLATE template0", name)
    with databases.cursor(name) as cr:
        cr.execute("CREATE TABLE ir_module_module (name text, latest_version text)")
        cr.execute("INSERT INTO ir_module_module VALUES ('base', '17.0.1.3')")
    yield name
    databases.drop(name)


def test_database_of_another_version(command, old_database):
    run = command("demo", "--db", old_database, "--port", "18069", "--no-open")
    assert_one_sentence(run, old_database, "17.0", "19.0", "--db")


def test_fresh_spares_other_databases(command, old_database):
    run = command("demo", "--db", old_database, "--port", "18069", "--fresh")
    assert_one_sentence(run, old_database, "leaves it alone")
    assert databases.exists(old_database)


def test_failed_installation_is_told(monkeypatch, odoo_db):
    monkeypatch.setattr(environment, "odoo_command", lambda *a: ["false"])
    with pytest.raises(Problem, match="Odoo failed on database"):
        templates.run_odoo(odoo_db, "-u", "base")


# THE DEMO'S SERVER

NOISE = """
import sys
print("Traceback (most recent call last):")
print("Running as user 'root' is a security risk.", file=sys.stderr, flush=True)
"""
ANSWER_ONCE = """
from http.server import BaseHTTPRequestHandler, HTTPServer
class Healthy(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
port = next(a for a in sys.argv if a.startswith("--http-port=")).partition("=")[2]
HTTPServer(("127.0.0.1", int(port)), Healthy).handle_request()
"""


@pytest.fixture
def demo_of(monkeypatch, tmp_path):
    """A function that runs the demo with a program of the test's in Odoo's place."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = argparse.Namespace(db="shown", port=port, no_open=True, fresh=False)

    def run(program: str) -> int:
        monkeypatch.setattr(
            environment, "odoo_command", lambda *a: [sys.executable, "-c", program, *a]
        )
        return demo.run(options)

    monkeypatch.setattr(demo, "_ensure_database", lambda options: None)
    monkeypatch.setattr(paths, "cache", lambda: tmp_path)
    return run


def test_demo_keeps_odoos_log_out_of_the_terminal(demo_of, tmp_path, capfd):
    assert demo_of(NOISE + ANSWER_ONCE) == 0
    shown = capfd.readouterr()
    log = tmp_path / "odoo-shown.log"
    assert f"Odoo's log: {log}" in shown.out.splitlines()
    for noise in ("Traceback", "security risk"):
        assert noise not in shown.out + shown.err
    assert "Traceback" in log.read_text() and "security risk" in log.read_text()


def test_demo_that_does_not_start_shows_the_end_of_odoos_log(demo_of, tmp_path):
    with pytest.raises(Problem) as told:
        demo_of(NOISE + "sys.exit('no such table')")
    *said, problem = str(told.value).splitlines()
    assert said[-1] == "no such table"
    assert problem.startswith("Odoo ended while starting")
    assert str(tmp_path / "odoo-shown.log") in problem


# SPEED, OFFLINE


def processor_seconds() -> float:
    """What ended commands have used; unlike a clock's, it ignores other work."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_second_start_is_quick_and_needs_no_network(command):
    alone = (
        ("unshare", "--net") if os.geteuid() == 0 and shutil.which("unshare") else ()
    )
    nowhere = "http://127.0.0.1:9"
    before = processor_seconds()
    run = command(
        "odoo", "--version", prefix=alone, http_proxy=nowhere, https_proxy=nowhere
    )
    assert run.returncode == 0, run.stderr
    assert "19.0" in run.stdout
    assert processor_seconds() - before < 10


# DATABASES


def test_copies_are_apart_and_keep_files(make_db):
    one, two = make_db(), make_db()
    with databases.cursor(one) as cr:
        cr.execute("DELETE FROM ir_config_parameter WHERE key = 'database.uuid'")
    count = "SELECT count(*) FROM ir_config_parameter WHERE key = 'database.uuid'"
    assert databases.scalar(count, (), one) == 0
    assert databases.scalar(count, (), two) == 1
    stored = "SELECT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL"
    fname = databases.scalar(stored, (), two)
    assert fname and (databases.file_store(two) / fname).exists()


def test_mark_survives_only_as_long_as_its_database(make_db):
    name = make_db()
    databases.mark(name, {"addons": {"trust_crm": "it's"}})
    assert databases.marked(name) == {"addons": {"trust_crm": "it's"}}
    databases.drop(name)
    assert databases.marked(name) == {}


def test_fingerprint_ignores_tests_and_static(tmp_path):
    addon = tmp_path / "addon"
    (addon / "tests").mkdir(parents=True)
    (addon / "models.py").write_text("a = 1")
    first = sources._fingerprint(addon)
    (addon / "tests" / "test_a.py").write_text("b = 2")
    assert sources._fingerprint(addon) == first
    (addon / "models.py").write_text("a = 2")
    assert sources._fingerprint(addon) != first


def test_database_address():
    settings = environment.from_uri("postgresql://me:a%40b@db.example:5433/x")
    assert settings == {
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGUSER": "me",
        "PGPASSWORD": "a@b",
    }


# SERVERS


def test_two_servers_share_a_database_and_survive_a_kill(odoo_db, odoo_server):
    first, second = odoo_server(odoo_db, n=2, crons=False)
    partner = first.client().create("res.partner", [{"name": "Shared"}])
    first.kill()
    assert not first.is_running() and not first.answers()
    found = second.client().read("res.partner", [("id", "in", partner)], ["name"])
    assert [row["name"] for row in found] == ["Shared"]
    assert first.start().client().uid == second.client().uid


def test_private_server_loses_nothing_when_it_crashes(
    odoo_db, odoo_server, private_postgres
):
    private_postgres.take_copy(odoo_db)
    settings = private_postgres.environment()
    (server,) = odoo_server(odoo_db, crons=False, env=settings)
    partner = server.client().create("res.partner", [{"name": "Durable"}])
    private_postgres.crash()
    private_postgres.start()
    found = server.restart().client().read("res.partner", [("id", "in", partner)], [])
    assert len(found) == 1


@pytest.mark.parametrize("parts", [1, 4])
def test_parts_hold_every_addon_test_once(parts):
    """The parts that run side by side leave no file out and share the load."""
    folders = testing._addon_test_folders()
    shares = shards.split(folders, parts, testing._uses_browser)
    everything = sorted(file for folder in folders for file in folder.glob("test_*.py"))
    assert sorted(file for share in shares for file in share) == everything
    loads = [
        sum(shards._weight(file, testing._uses_browser(file)) for file in share)
        for share in shares
    ]
    assert max(loads) < 1.3 * min(loads)


def test_bytecode_is_kept_whatever_the_machine_wants(monkeypatch, tmp_path):
    """Compiled once, in the cache: a start of Odoo is quick on any machine."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "elsewhere")
    environment.keep_bytecode()
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "pycache"))
    module = tmp_path / "compiled.py"
    module.write_text("answer = 42")
    subprocess.run([sys.executable, "-c", "import compiled"], cwd=tmp_path, check=True)
    assert list((tmp_path / "pycache").rglob("compiled*.pyc"))
    assert not (tmp_path / "__pycache__").exists()
