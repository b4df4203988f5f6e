"""B5: what users do all day in Odoo's own CRM, with and without the addons.

Two databases with the same rows, in turns; times and exact counts of queries.
"""

import re
import subprocess
import sys

from lxml import etree

from .. import databases, templates
from ..console import Problem
from . import odoo_env, worlds
from .measure import Line, Pairs, compared, seconds

TITLE = "Odoo's own screens with the addons installed"
GOAL = 1.05
CALLS, ROUNDS = 3, 9
MODELS = ("crm.lead", "res.partner")
WRITES = ("create", "write")
MORE_QUERIES = {"create": 0, "write": 0, "kanban": 1, "list": 1, "form": 1}
COUNT_LIMIT = 10_001


def measure(scale: float) -> list[Line]:
    worlds_of = {"without": worlds.plain(scale), "with": worlds.app(scale)}
    with (
        worlds.copied(worlds_of["with"]) as ours,
        worlds.copied(worlds_of["without"]) as theirs,
    ):
        lines = []
        for database in (ours, theirs):
            _rest(database)
        for model in MODELS:
            for action in MORE_QUERIES:
                lines += _compare(model, action, ours, theirs)
        return [*lines, _odoo_performance_tests()]


def _rest(database: str) -> None:
    """Both as after a night: lead scoring has run, statistics are fresh."""
    with odoo_env.environment(database) as env:
        env["crm.lead"]._cron_update_automated_probabilities()
    worlds.tidy(database)


def _compare(model: str, action: str, ours: str, theirs: str) -> list[Line]:
    pairs, queries = Pairs(), {}
    for number in range(ROUNDS + 1):
        for database, found in ((ours, pairs.ours), (theirs, pairs.theirs)):
            taken, queries[database] = _act(database, model, action)
            if number:
                found.append(taken)
    more, allowed = queries[ours] - queries[theirs], MORE_QUERIES[action]
    return [
        compared("B5", f"{action} {model}", pairs, GOAL),
        Line(
            "B5",
            f"queries of {action} {model}, more than without",
            str(queries[ours]),
            str(queries[theirs]),
            more,
            allowed,
        ),
    ]


def _act(database: str, model: str, action: str) -> tuple[float, int]:
    """Seconds and queries of one action, the mean of a few, caches warm."""
    with odoo_env.environment(database, odoo_env.USER) as env:
        user = Screens(env, model)
        work = getattr(user, action)
        work()
        taken, count = 0.0, 0
        for _number in range(CALLS):
            env.invalidate_all()
            before = env.cr.sql_log_count
            taken += seconds(lambda: work() and None)
            count = env.cr.sql_log_count - before
        env.cr.rollback()
        return taken / CALLS, count


class Screens:
    """One user's clicks, with the fields that the views of this database ask for."""

    def __init__(self, env, model: str):
        self.env, self.model = env, env[model].with_context(tracking_disable=False)
        self.specifications = {}
        self.record = self.model.search([], limit=1, order="id desc")
        self.turn = 0

    def create(self) -> None:
        self.turn += 1
        values = {"name": f"New {self.turn}", "phone": f"+1 555 01{self.turn}"}
        if self.model._name == "crm.lead":
            values |= {"type": "opportunity", "expected_revenue": 100}
        self.model.create(values)
        self.env.flush_all()

    def write(self) -> None:
        self.turn += 1
        self.record.write({"name": f"Name {self.turn}", "city": f"City {self.turn}"})
        self.env.flush_all()

    def kanban(self) -> None:
        self._page("kanban")

    def list(self) -> None:
        self._page("list")

    def form(self) -> None:
        self.record.web_read(self._specification("form"))

    def _page(self, kind: str) -> None:
        self.model.web_search_read(
            [], self._specification(kind), limit=80, count_limit=COUNT_LIMIT
        )

    def _specification(self, kind: str) -> dict:
        if kind not in self.specifications:
            views = self.model.get_views([(False, kind)])
            arch = etree.fromstring(views["views"][kind]["arch"])
            self.specifications[kind] = _fields(arch, self.model)
        return self.specifications[kind]


def _fields(node, model) -> dict:
    """The specification that the web client makes of a view's field nodes."""
    result = {}
    for child in node.iterdescendants("field"):
        owner = next(a for a in child.iterancestors() if a is node or a.tag == "field")
        name = child.get("name")
        if owner is not node or name not in model._fields:
            continue
        field, inner = model._fields[name], {}
        if field.type == "many2one":
            hidden = child.get("invisible") in ("1", "True", "true")
            inner = {"fields": {} if hidden else {"display_name": {}}}
        elif field.relational and len(child):
            inner = {"fields": _fields(child[0], model.env[field.comodel_name])}
        result[name] = inner
    return result


def _odoo_performance_tests() -> Line:
    """Odoo's own tests of crm that count queries exactly: none more may fail."""
    name = worlds.name_of("suite", 0)
    failed = {}
    for addons, make in (
        ("with", templates.copy_to),
        ("without", lambda target: databases.copy(templates.base(), target)),
    ):
        databases.drop(name)
        make(name)
        failed[addons] = _failures(name)
        databases.drop(name)
    more = failed["with"] - failed["without"]
    shown = [f"{count} failed" for count in failed.values()]
    return Line("B5", "Odoo's own crm performance tests", *shown, more, 0)


def _failures(database: str) -> int:
    import odoo.addons.crm

    suite = f"{odoo.addons.crm.__path__[0]}/tests/test_performances.py"
    ours = ("-o", "addopts=")  # of this repository, where its cache lies in it
    options = (f"--odoo-database={database}", "-q", *ours, "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, suite],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    counts = {
        word: int(number)
        for number, word in re.findall(r"(\d+) (passed|failed|error)", done.stdout)
    }
    if not counts:
        raise Problem(f"Odoo's tests did not run:\n{done.stdout[-2000:]}")
    return counts.get("failed", 0) + counts.get("error", 0)
