"""bin/test: lint, addon tests, browser tests and process tests; or some of them."""

import argparse

DEVELOPMENT = True


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="Run everything, or the tests of some files and folders.",
        epilog="Arguments after -- go to pytest, for example: -- -k merge -x",
    )
    _add_options(parser)
    own, pytest_options = _split(argv)
    parsed = parser.parse_args(own)
    parsed.pytest_options = pytest_options
    return parsed


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders")
    parser.add_argument("--lint", action="store_true", help="lint, and only that")
    parser.add_argument("--fix", action="store_true", help="correct style, no tests")
    parser.add_argument("--no-lint", action="store_true", help="everything but lint")
    parser.add_argument("--long", action="store_true", help="long tests as well")
    parser.add_argument(
        "--db",
        metavar="NAME",
        help="update changed addons in this database and test on it (fast)",
    )
    parser.add_argument(
        "--odoo-suites",
        action="store_true",
        help="Odoo's own suites of crm, sales_team, rating, privacy_lookup and "
        "sale_management with our addons installed",
    )
    parser.add_argument(
        "--without-us",
        action="store_true",
        help="with --odoo-suites: on Odoo alone, to compare",
    )


def _split(argv: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in argv:
        return argv, []
    at = argv.index("--")
    return argv[:at], argv[at + 1 :]


def main(options: argparse.Namespace) -> int:
    from .. import testing

    return testing.run(options)
