"""A real Odoo server on the bench's databases, and one logged-in user of it."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from .. import environment, paths
from ..console import Problem
from .odoo_env import USER

READY_SECONDS = 180


@contextlib.contextmanager
def running(*databases: str, options: tuple[str, ...] = ()) -> Iterator[str]:
    """Serve databases without scheduled jobs; give the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = paths.clone_folder() / "bench_server.log"
    command = environment.odoo_command(
        f"--database={','.join(databases)}",
        "--http-interface=127.0.0.1",
        f"--http-port={port}",
        "--max-cron-threads=0",
        "--workers=0",
        "--log-level=warn",
        *options,
    )
    with log.open("w") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield _ready(f"http://127.0.0.1:{port}", process, log)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _ready(url: str, process: subprocess.Popen, log: Path) -> str:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{url}/web/health", timeout=5).ok:
                return url
        time.sleep(0.2)
    raise Problem(f"Odoo's server did not start: its reason is in {log}.")


class Client:
    """JSON-RPC as Odoo's web client speaks it."""

    def __init__(self, url: str, database: str):
        self.url, self.http = url, requests.Session()
        login = {"db": database, "login": USER, "password": USER}
        self.uid = self._post("/web/session/authenticate", login)["uid"]

    def call(self, model: str, method: str, *args, **kwargs):
        parameters = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", parameters)

    def _post(self, path: str, parameters: dict):
        body = {"jsonrpc": "2.0", "id": 1, "method": "call", "params": parameters}
        answer = self.http.post(self.url + path, json=body, timeout=120).json()
        if "error" in answer:
            raise Problem(f"Odoo refused: {answer['error']['data']['debug']}")
        return answer.get("result")
