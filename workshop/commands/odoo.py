"""bin/odoo: Odoo's own command line inside the workshop."""

import os

from .. import environment

DEVELOPMENT = False


def arguments(argv: list[str]) -> list[str]:
    return argv


def main(argv: list[str]) -> None:
    command = environment.odoo_command(*argv)
    os.execv(command[0], command)
