"""B3: the whole ledger folded anew against one hand-written INSERT … SELECT."""

from datetime import datetime
from unittest import mock

from .. import databases
from . import limits, odoo_env, worlds
from .measure import Line, Memory, Pairs, alternate, compared, duration, seconds

TITLE = "full re-fold from the ledger"
GOAL, GROWTH, MEGABYTES = 1.5, 11, 500
COLUMNS = [
    *(f"x_{name}" for name in limits.SUMS + limits.QUALITY),
    "credibility",
    "self_orientation",
    "trust_index",
    "index_sd",
    "circle_low",
    "confidence",
    "trend_30d",
    "positive_codes",
    "evidence_count",
    "band",
    "circle_id",
    "circle_computed_id",
    "circle_evident_id",
    "circle_accepted_id",
    "circle_proposed_id",
    "stage_id",
    "stage_computed_id",
    "lender_partner_id",
]
BOND_COLUMNS = [*(f"x_{name}" for name in limits.COMPONENTS), "evidence_count"]


class Fold:
    """The same fold by us and by hand, at the same time of evaluation."""

    def __init__(self, database: str):
        self.database = database
        self.at = datetime.now().replace(microsecond=0)
        self.megabytes = 0.0

    def ours(self) -> float:
        with Memory() as memory, odoo_env.environment(self.database) as env:
            relationships = env["trust.relationship"].with_context(trust_defer=True)

            def work():
                for ids in relationships._refresh_chunks(None):
                    relationships._fold(ids, cause="policy")
                    env.cr.commit()

            with mock.patch("odoo.fields.Datetime.now", lambda: self.at):
                taken = seconds(work)
        self.megabytes = max(self.megabytes, memory.megabytes)
        return taken

    def by_hand(self) -> float:
        with databases.cursor(self.database) as cr:
            cr.execute("TRUNCATE bench_relationship, bench_bond, bench_snapshot")
        with odoo_env.environment(self.database) as env:
            values = limits.parameters(env, self.at)

            def work():
                env.cr._obj.execute(limits.fold(), values)
                env.cr.commit()

            return seconds(work)

    def difference(self) -> float:
        bonds = "relationship_id, user_id"
        return max(
            limits.largest_difference(
                self.database, COLUMNS, "id", "trust_relationship"
            ),
            limits.largest_difference(self.database, BOND_COLUMNS, bonds, "trust_bond"),
        )


def measure(scale: float) -> list[Line]:
    pairs, fold, difference = _fold(scale, rounds=5)
    smaller, _fold_object, _difference = _fold(scale / 10, rounds=3)
    growth = Pairs(pairs.ours[:3], smaller.ours)
    rows = worlds.sizes(scale)["rows"]
    speed = rows / pairs.our_median
    return [
        compared(
            "B3",
            f"folding {rows:,} rows of evidence",
            pairs,
            GOAL,
            f"{speed:,.0f} per s, differ {difference:.0e}",
        ),
        compared("B3", "ten times the rows (theirs: a tenth)", growth, GROWTH),
        Line(
            "B3",
            "memory of the Odoo process",
            f"{fold.megabytes:.0f} MB",
            f"{MEGABYTES} MB",
            fold.megabytes / MEGABYTES,
            1,
            note=f"while folding for {duration(pairs.our_median)}",
        ),
    ]


def _fold(scale: float, rounds: int) -> tuple[Pairs, Fold, float]:
    with worlds.copied(worlds.app(scale)) as database:
        with databases.cursor(database) as cr:
            limits.make_twins(cr, filled=False)
        fold = Fold(database)
        pairs = alternate(fold.ours, fold.by_hand, rounds)
        return pairs, fold, fold.difference()
