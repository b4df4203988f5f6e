"""B2: nightly ageing against one hand-written statement writing the same rows."""

from datetime import datetime, timedelta

from .. import databases
from . import limits, odoo_env, worlds
from .measure import Line, alternate, compared, seconds

TITLE = "nightly ageing"
GOAL = 1.5
DAYS = 5  # a night that writes most rows; after one day most have not moved enough
COLUMNS = [
    "credibility",
    "self_orientation",
    "trust_index",
    "index_sd",
    "circle_low",
    "confidence",
    "trend_30d",
    "band",
    "circle_id",
    "circle_computed_id",
    "circle_evident_id",
    "circle_accepted_id",
    "circle_proposed_id",
    "stage_id",
    "stage_computed_id",
    "snapshot_index",
]


class Nights:
    """Ageing from one date to the next: ours and by hand, each in its own tables.

    :param days: between two nights
    """

    def __init__(self, database: str, days: int):
        self.database, self.step = database, timedelta(days=days)
        start = datetime.now().replace(microsecond=0)
        self.last = {"ours": start, "limit": start}

    def _next(self, whose: str) -> tuple[datetime, datetime]:
        previous = self.last[whose]
        self.last[whose] += self.step
        return previous, self.last[whose]

    def age(self) -> float:
        """What the scheduled job does, range by range, each committed."""
        previous, at = self._next("ours")
        with odoo_env.environment(self.database, trust_defer=True) as env:
            relationships = env["trust.relationship"]

            def work():
                relationships._age_trends(previous, at)
                for low, high in relationships._age_ranges():
                    relationships._age(low, high, at)
                    env.cr.commit()

            return seconds(work)

    def age_by_hand(self) -> float:
        previous, at = self._next("limit")
        with odoo_env.environment(self.database) as env:
            values = limits.parameters(env, at) | {"previous": previous}

            def work():
                env.cr._obj.execute(limits.ageing(), values)
                env.cr.commit()

            return seconds(work)


def measure(scale: float) -> list[Line]:
    count = worlds.sizes(scale)["subjects"]
    with worlds.copied(worlds.app(scale)) as database:
        with databases.cursor(database) as cr:
            limits.make_twins(cr)
        silence(database)
        worlds.tidy(database)
        nights = Nights(database, DAYS)
        pairs = alternate(nights.age, nights.age_by_hand)
        difference = limits.largest_difference(
            database, COLUMNS, "id", "trust_relationship"
        )
    per_second = count / pairs.our_median
    note = f"{per_second:,.0f} per s, differ {difference:.0e}"
    return [compared("B2", f"ageing {count:,} relationships", pairs, GOAL, note)]


def silence(database: str) -> None:
    """Alerts are no part of the arithmetic: without an owner there are none."""
    with databases.cursor(database) as cr:
        cr.execute("UPDATE res_partner SET user_id = NULL WHERE user_id IS NOT NULL")
        cr.execute("UPDATE crm_lead SET user_id = NULL WHERE user_id IS NOT NULL")
