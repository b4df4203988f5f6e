"""bin/demo: a running demo, made on first use, opened at once on later ones."""

import argparse
import re
import socket

from ..console import Problem

DEVELOPMENT = False
HOST = "127.0.0.1"


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/demo",
        description="Serve a demo of trust_crm on 127.0.0.1; Ctrl-C ends it.",
    )
    parser.add_argument("--port", type=_port, default=8069, metavar="P")
    parser.add_argument("--db", type=_name, default="trust_demo", metavar="NAME")
    parser.add_argument("--no-open", action="store_true", help="open no browser")
    parser.add_argument(
        "--fresh", action="store_true", help="drop the demo's database and remake it"
    )
    parser.add_argument(
        "--stop", action="store_true", help="stop the database server left running"
    )
    return parser.parse_args(argv)


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port from 1 to 65535")
    return int(text)


def _name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,50}", text):
        raise argparse.ArgumentTypeError(
            f"{text} is no database name: use letters, digits, and . _ -"
        )
    return text


def check(options: argparse.Namespace) -> None:
    """Fail before the long way begins."""
    if options.stop:
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, options.port))
        except PermissionError:
            reason = "needs root"
        except OSError:
            reason = "is taken"
        else:
            return
    other = 8070 if options.port == 8069 else 8069
    raise Problem(f"Port {options.port} {reason}: run bin/demo --port {other}.")


def main(options: argparse.Namespace) -> int:
    from .. import demo

    return demo.stop() if options.stop else demo.run(options)
