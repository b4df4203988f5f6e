"""I7: the team view over every relationship: its milliseconds, judged by the eye."""

from . import odoo_env, worlds
from .measure import Line, seconds

TITLE = "team view"
ROUNDS = 5
MOST_SECONDS = 1.0
SPANS = (30, 90, 365)


def measure(scale: float) -> list[Line]:
    with worlds.copied(worlds.app(scale)) as database:
        return [_line(database, days, scale) for days in SPANS]


def _line(database: str, days: int, scale: float) -> Line:
    """The slowest of some readings, each with an empty cache."""
    with odoo_env.environment(database, odoo_env.USER) as env:
        page = env["trust.team.view"]
        page.get_team(days=days)  # views, rules and rights are known by then
        slowest = 0.0
        for _number in range(ROUNDS):
            env.invalidate_all()
            before = env.cr.sql_log_count
            slowest = max(slowest, seconds(lambda: page.get_team(days=days) and None))
            queries = env.cr.sql_log_count - before
    count = f"{worlds.sizes(scale)['subjects']:,}"
    return Line(
        "I7",
        f"team view of {count} relationships over {days} days",
        f"{slowest:.2f} s",
        f"{MOST_SECONDS:g} s",
        slowest / MOST_SECONDS,
        1,
        note=f"the slowest of {ROUNDS}, {queries} queries",
    )
