"""The way into every command of bin/."""

import errno
import importlib
import sys

from . import environment, paths
from .console import Problem, say

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def run(name: str) -> None:
    """Read the arguments, prepare the machine, then run the command inside it."""
    command = importlib.import_module(f"workshop.commands.{name}")
    try:
        arguments = command.arguments(sys.argv[1:])
        if hasattr(command, "check"):
            command.check(arguments)
        environment.enter(development=command.DEVELOPMENT)
        environment.settle()
        sys.exit(command.main(arguments))
    except Problem as problem:
        say(f"{problem}")
        sys.exit(1)
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        say(f"The disk is full: free some space below {paths.cache()} and run again.")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
