"""B1: ageing every score against Odoo's own nightly lead scoring, per record."""

from . import ageing, odoo_env, worlds
from .measure import Line, alternate, duration

TITLE = "ageing against Odoo's lead scoring"
GOAL = 10
# Right after a fold nothing has moved yet; later a night writes what a night writes.
NIGHTS_BEFORE = 20


def measure(scale: float) -> list[Line]:
    size = worlds.sizes(scale)
    with worlds.copied(worlds.app(scale)) as database:
        ageing.silence(database)
        nights = ageing.Nights(database, days=1)
        for _night in range(NIGHTS_BEFORE):
            nights.age()
        worlds.tidy(database)
        pairs = alternate(nights.age, lambda: _score_leads(database))
    speeds = [size["subjects"] / s for s in (pairs.our_median, pairs.their_median)]
    return [
        Line(
            "B1",
            f"ageing {size['subjects']:,} scores / scoring as many open leads",
            f"{speeds[0]:,.0f} per s",
            f"{speeds[1]:,.0f} per s",
            1 / pairs.ratio,
            GOAL,
            at_least=True,
            note=f"{duration(pairs.our_median)} and {duration(pairs.their_median)}",
            seconds=pairs,
        )
    ]


def _score_leads(database: str) -> None:
    with odoo_env.environment(database) as env:
        env["crm.lead"]._cron_update_automated_probabilities()
