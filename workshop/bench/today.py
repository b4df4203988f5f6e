"""B12: the page a salesperson opens every morning, and the form with trust on it.

Today is one call; Odoo's own pipeline is asked for as its kanban asks. All customers of
the world (5,000, whatever the scale above that) are one person's.
"""

from . import odoo_env, worlds
from .measure import Line, alternate, compared, seconds
from .odoo_screens import Screens

TITLE = "Today, and the partner form"
LARGEST = 0.05  # of the scale: 5,000 relationships
REPEAT, ROUNDS = 3, 7
MOST_QUERIES, MOST_SECONDS = 25, 0.3


def measure(scale: float) -> list[Line]:
    scale = min(scale, LARGEST)
    source, plain = worlds.app(scale), worlds.plain(scale)
    with worlds.copied(source) as ours, worlds.copied(plain) as theirs:
        _own(ours)
        morning, without = Morning(ours), Morning(theirs)
        count = f"{worlds.sizes(scale)['subjects']:,}"
        pages = alternate(morning.today, morning.pipeline, ROUNDS)
        morning.today()  # the last whose queries were counted
        queries = morning.queries
        forms = alternate(morning.form, without.form, ROUNDS)
        slowest = max(pages.ours)
        return [
            compared("B12", f"Today at {count} relationships / crm pipeline", pages, 1),
            _line("the slowest of those pages", slowest, MOST_SECONDS, "s"),
            _line("queries of Today", queries, MOST_QUERIES, ""),
            compared("B12", "partner form with trust / without", forms, 1.1),
        ]


def _line(what: str, value: float, limit: float, unit: str) -> Line:
    shown = (f"{number:g} {unit}".strip() for number in (round(value, 3), limit))
    return Line("B12", what, *shown, value / limit, 1)


def _own(database: str) -> None:
    """Everybody is one salesperson's customer; contacts of up to a year ago."""
    with odoo_env.environment(database) as env:
        user = env["res.users"].search([("login", "=", odoo_env.USER)])
        env.cr.execute(
            "UPDATE res_partner SET user_id = %s WHERE ref LIKE 'B%%'", user.ids
        )
        env.cr.execute("UPDATE crm_lead SET user_id = %s", user.ids)
        env.cr.execute(
            "UPDATE trust_relationship SET last_contact_date ="
            " now() at time zone 'UTC' - mod(id, 365) * interval '1 day'"
        )
        env.cr.commit()
    worlds.tidy(database)


class Morning:
    """What one person opens, each with an empty cache."""

    def __init__(self, database: str):
        self.database, self.queries = database, 0

    def today(self) -> float:
        return self._timed(lambda env: env["trust.today"].get_today())

    def pipeline(self) -> float:
        """The kanban by stage: groups, their sums, and the cards of each."""
        return self._timed(self._pipeline)

    def form(self) -> float:
        return self._timed(lambda env: self._screens(env, "res.partner").form())

    def _pipeline(self, env):
        screens = self._screens(env, "crm.lead")
        return screens.model.web_read_group(
            [("user_id", "=", env.uid), ("type", "=", "opportunity")],
            ["stage_id"],
            ["expected_revenue:sum", "__count"],
            auto_unfold=True,
            unfold_read_specification=screens._specification("kanban"),
        )

    def _screens(self, env, model: str) -> Screens:
        if model not in self.screens:
            self.screens[model] = Screens(env, model)
        return self.screens[model]

    def _timed(self, work) -> float:
        with odoo_env.environment(self.database, odoo_env.USER) as env:
            self.screens = {}
            work(env)  # views, rules and rights are known by then
            total = 0.0
            for _number in range(REPEAT):
                env.invalidate_all()
                before = env.cr.sql_log_count
                total += seconds(lambda: work(env) and None)
                self.queries = env.cr.sql_log_count - before
            return total / REPEAT
