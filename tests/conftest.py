"""Fixtures of the process tests; run them through bin/test."""

import itertools
import os
import subprocess

import pytest
from harness.private_postgres import PrivatePostgres
from harness.servers import OdooServer
from harness.trust_world import TrustWorld

from workshop import databases, odoo_source, paths, system, templates, test_databases

_numbers = itertools.count(1)


def pytest_configure(config):
    if odoo_source.RESOLVED not in os.environ:
        raise pytest.UsageError("Run these tests through bin/test.")


@pytest.fixture
def make_db():
    """A function that gives one more copy of the template; all are dropped."""
    made = []

    def make() -> str:
        name = f"{test_databases.PREFIX}{os.getpid()}_{next(_numbers)}"
        made.append(name)
        templates.copy_to(name)
        return name

    yield make
    for name in made:
        databases.drop(name)


@pytest.fixture
def odoo_db(make_db) -> str:
    """The name of a fresh copy of the template, dropped after the test."""
    return make_db()


@pytest.fixture
def odoo_server(tmp_path):
    """``odoo_server(db, n=1, crons=True, …)`` starts n real servers on free ports.

    It gives the list of them (see harness.servers.OdooServer); all are killed after
    the test, before its database is dropped.
    """
    started: list[OdooServer] = []

    def start(database: str, n: int = 1, **options) -> list[OdooServer]:
        fresh = [
            OdooServer(database, tmp_path / f"odoo_{next(_numbers)}.log", **options)
            for _number in range(n)
        ]
        started.extend(fresh)
        for server in fresh:
            server.start(wait=False)
        return [server.wait_until_ready() for server in fresh]

    yield start
    for server in started:
        server.kill()


@pytest.fixture
def trust_world(odoo_db) -> TrustWorld:
    """A fresh database to plant facts in, and to ask whether any was lost."""
    return TrustWorld(odoo_db)


@pytest.fixture
def private_postgres():
    """A PostgreSQL of the test's own, which it may stop and crash."""
    server = PrivatePostgres(f"{os.getpid()}_{next(_numbers)}")
    try:
        server.ensure()
        yield server
    finally:
        server.destroy()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The machine's Chromium, for Playwright's ``executable_path``."""
    return system.need_chromium()


@pytest.fixture
def browser(chromium_path):
    """A headless Chromium driven by Playwright."""
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=quiet)
        yield launched
        launched.close()


@pytest.fixture
def command():
    """Run a command of bin/ as a person would, from surroundings without ours."""

    def run(name: str, *arguments: str, seconds: float = 60, prefix=(), **env: str):
        ours = ("PYTHONPATH", "ODOO_RC", odoo_source.RESOLVED, "PGOPTIONS")
        clean = {key: value for key, value in os.environ.items() if key not in ours}
        return subprocess.run(
            [*prefix, str(paths.REPOSITORY / "bin" / name), *arguments],
            env=clean | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    return run
