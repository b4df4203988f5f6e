"""Real Odoo server processes on free ports, to be questioned and killed."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import requests

from workshop import environment

from .rpc import Client

READY_SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class OdooServer:
    """One ``odoo`` process and its children; its log goes to a file."""

    def __init__(
        self,
        database: str,
        log: Path,
        crons: bool = True,
        workers: int = 0,
        options: tuple[str, ...] = (),
        env: dict[str, str] | None = None,
    ):
        self.database, self.log = database, log
        self.crons, self.workers, self.options = crons, workers, options
        self.env = os.environ | (env or {})
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    # LIFE

    def start(self, wait: bool = True) -> "OdooServer":
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self._command(),
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self.wait_until_ready() if wait else self

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> "OdooServer":
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not self.is_running():
                break
            if self.answers():
                return self
            time.sleep(0.2)
        raise AssertionError(f"Odoo is not ready on {self.url}:\n{self.log_tail()}")

    def kill(self) -> None:
        """kill -9 the process and its children, as a crash of the host would."""
        self._signal(signal.SIGKILL)

    def stop(self, seconds: float = 20) -> None:
        """End it as an administrator would; kill it when it does not listen."""
        self._signal(signal.SIGTERM, seconds)
        self.kill()

    def restart(self) -> "OdooServer":
        self.stop()
        return self.start()

    # QUESTIONS

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/web/health", timeout=5).ok
        except requests.RequestException:
            return False

    def client(self, login: str = "admin", password: str = "admin") -> Client:
        return Client(self.url, self.database).authenticate(login, password)

    def log_text(self) -> str:
        return self.log.read_text(errors="replace")

    def log_tail(self, lines: int = 30) -> str:
        return "\n".join(self.log_text().splitlines()[-lines:])

    def _command(self) -> list[str]:
        return environment.odoo_command(
            f"--database={self.database}",
            f"--db-filter=^{self.database}$",
            "--http-interface=127.0.0.1",
            f"--http-port={self.port}",
            f"--gevent-port={free_port()}",
            f"--workers={self.workers}",
            f"--max-cron-threads={int(self.crons)}",
            *self.options,
        )

    def _signal(self, number: int, seconds: float = 10) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
            self.process.wait(seconds)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            return
