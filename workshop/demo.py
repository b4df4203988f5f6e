"""Make the demo's database, keep it up to date, serve it."""

import argparse
import contextlib
import os
import signal
import subprocess
import time
import urllib.request
import webbrowser
from pathlib import Path

from . import databases, environment, odoo_source, paths, shell, sources
from . import test_databases as updates
from .commands.demo import HOST
from .console import Problem, say, step
from .templates import MODULES, run_odoo

LANGUAGES = "en_US,zh_CN,zh_TW"
READY_SECONDS = 120
# Screens built and Odoo's own demo orders observed beforehand, and no window of
# OdooBot's that covers a phone's screen.
WARM_UP = """
env["ir.qweb"]._pregenerate_assets_bundles()
env["trust.signal"]._collect()
env["trust.queue"]._drain()
env["res.users"].with_context(active_test=False).search([]).odoobot_state = "disabled"
env.cr.commit()
"""


def run(options: argparse.Namespace) -> int:
    _ensure_database(options)
    address = f"http://{HOST}:{options.port}"
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server, ready = _start(options), False
    try:
        with step("Starting Odoo"):
            _wait_until_ready(server, address, _log(options.db))
        ready = True
        print(f"\nThe demo runs on {address}\nLogin admin, password admin")
        print(f"Odoo's log: {_log(options.db)}")
        print("Ctrl-C ends it.", flush=True)
        if _has_screen() and not options.no_open:
            webbrowser.open(address)
        if server.wait():
            raise _ended("Odoo ended by itself", _log(options.db))
        return 0
    except KeyboardInterrupt:
        return 0
    finally:
        _end(server, gently=ready)


def stop() -> int:
    server = environment.embedded_server()
    if server.answers():
        server.stop()
    say("The database server is stopped; the next command starts it again.")
    return 0


# DATABASE


def _ensure_database(options: argparse.Namespace) -> None:
    name = options.db
    if options.fresh:
        _drop(name)
    if not databases.exists(name):
        _make(name)
        return
    found = databases.odoo_series(name)
    if found != odoo_source.SERIES:
        raise Problem(
            f"Database {name} belongs to Odoo {found or 'of no version'} and this is "
            f"{odoo_source.SERIES}: name another one with --db NAME."
        )
    changed = updates.bring_up_to_date(name)
    if changed:
        say(f"  {', '.join(changed)} changed since last time: database updated.")


def _drop(name: str) -> None:
    if databases.exists(name) and not databases.marked(name):
        raise Problem(
            f"Database {name} was not made by bin/demo, so --fresh leaves it alone: "
            "name another one with --db NAME."
        )
    databases.drop(name)


def _make(name: str) -> None:
    shell.require_space(paths.cache(), 1)
    unfinished = f"{name}.unfinished"
    databases.drop(unfinished)
    addons = sources.fingerprints()
    with step("Installing Odoo's apps and trust_crm with demo data (once)"):
        modules = ",".join([*MODULES, *addons])
        run_odoo(
            unfinished, "-i", modules, "--with-demo", f"--load-language={LANGUAGES}"
        )
    with step("Preparing the screens"):
        shell.run(
            environment.odoo_command("shell", "-d", unfinished, "--no-http"),
            "Odoo could not prepare its screens:",
            input=WARM_UP,
            stdin=None,
        )
    databases.rename(unfinished, name)
    databases.mark(name, {"made_by": "bin/demo", "addons": addons})


# SERVER


def _log(database: str) -> Path:
    """Where a demo's Odoo writes: offline it has much to say that is nobody's worry."""
    return paths.cache() / f"odoo-{database}.log"


def _start(options: argparse.Namespace) -> subprocess.Popen:
    with _log(options.db).open("w") as written:
        return subprocess.Popen(
            environment.odoo_command(
                "-d",
                options.db,
                f"--db-filter=^{options.db}$",
                f"--http-interface={HOST}",
                f"--http-port={options.port}",
                "--log-level=warn",
            ),
            env=os.environ | {"PGAPPNAME": "trust_demo"},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches bin/demo alone, which passes it on
        )


def _wait_until_ready(server: subprocess.Popen, address: str, log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise _ended("Odoo ended while starting", log)
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/web/health", timeout=5).close()
            return
        time.sleep(0.2)
    raise Problem(
        f"Odoo did not answer on {address} in {READY_SECONDS} s: try again, or look "
        f"into its log, {log}."
    )


def _ended(how: str, log: Path) -> Problem:
    said = shell.tail(log.read_text(errors="replace"))
    return Problem(f"{said}\n{how}: its reason stands above. (Its log: {log})")


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _end(server: subprocess.Popen, gently: bool) -> None:
    """Odoo has nothing to tidy up before it is ready, and would say so at length."""
    if gently and server.poll() is None:
        server.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
    server.kill()
    server.wait()
