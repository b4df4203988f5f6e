"""B7: pages sorted and grouped by trust against pages by Odoo's own columns.

Everything is asked as the web client asks it: ``web_search_read`` with the fields of
the list and the count, ``web_read_group`` for groups, as an ordinary salesperson.
"""

from . import limits, odoo_env, worlds
from .measure import ROUNDS, Line, alternate, compared, seconds

TITLE = "pages by trust"
TIMES_MORE = 10  # this many times the usual relationships: a million at scale 1
TRUST_FIELDS = ("trust_index", "index_sd", "confidence", "trend_30d", "band")
PARTNER_FIELDS = ("complete_name", "email", "phone", "city", "create_date")
ADDED = ("trust_index", "trust_band")
UNINDEXED = "city"
WEB_COUNT_LIMIT = 10_001
REPEAT = 3


def world(scale: float) -> str:
    """Partners, all but a few of them with a relationship."""
    return worlds.kept("pages", scale, _make)


def _make(name: str, scale: float) -> None:
    count = _partners(scale)
    numbers = {"companies": count * 4 // 10, "contacts": count - count * 4 // 10}
    worlds.make_people(name, numbers, addons=True)
    with odoo_env.environment(name) as env:
        values = limits.parameters(env, None) | {"company": env.company.id}
    worlds.run_sql(name, "pages.sql", **values)


def _partners(scale: float) -> int:
    return max(2_000, round(worlds.RELATIONSHIPS * scale))


def measure(scale: float) -> list[Line]:
    pages = Pages(world(scale * TIMES_MORE))
    count = f"{_partners(scale * TIMES_MORE):,}"
    first = (
        f"first page of {count} relationships by index / of partners by name",
        pages.of_relationships,
        pages.of_partners("complete_name", PARTNER_FIELDS),
        1.5,
    )
    grouped = (
        f"{count} partners grouped by circle / by country",
        pages.groups("trust_circle_id"),
        pages.groups("country_id"),
        3,
    )
    return [
        compared("B7", what, alternate(ours, theirs, ROUNDS), goal)
        for what, ours, theirs, goal in (first, *_sorted(pages, count), grouped)
    ]


def _sorted(pages, count: str):
    """The first and the tenth page by trust, against a column without an index."""
    for what, offset in (("first", 0), ("tenth", 720)):
        yield (
            f"{what} page of {count} partners by trust index / by an unindexed column",
            pages.of_partners("trust_index desc", PARTNER_FIELDS + ADDED, offset),
            pages.of_partners(f"{UNINDEXED} desc", PARTNER_FIELDS, offset),
            1.0,
        )


class Pages:
    """What a salesperson's browser asks for, each in a transaction of its own."""

    def __init__(self, database: str):
        self.database = database

    def of_relationships(self) -> float:
        specification = {name: {} for name in TRUST_FIELDS}
        named = {"fields": {"display_name": {}}}
        specification |= {"partner_id": named, "circle_id": named}
        return self._timed(
            "trust.relationship",
            lambda model: model.web_search_read(
                [], specification, limit=80, count_limit=WEB_COUNT_LIMIT
            ),
        )

    def of_partners(self, order: str, names: tuple[str, ...], offset: int = 0):
        specification = {name: {} for name in names}
        specification["country_id"] = {"fields": {"display_name": {}}}
        return lambda: self._timed(
            "res.partner",
            lambda model: model.web_search_read(
                [],
                specification,
                offset=offset,
                limit=80,
                order=order,
                count_limit=WEB_COUNT_LIMIT,
            ),
        )

    def groups(self, field: str):
        return lambda: self._timed(
            "res.partner", lambda model: model.web_read_group([], [field], limit=80)
        )

    def _timed(self, model: str, work) -> float:
        """The mean of a few calls, each with an empty cache."""
        with odoo_env.environment(self.database, odoo_env.USER) as env:
            total = 0.0
            for _number in range(REPEAT):
                env.invalidate_all()
                total += seconds(lambda: work(env[model]) and None)
            return total / REPEAT
