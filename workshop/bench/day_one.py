"""B8: the first collection of a long history against hand-written INSERT … SELECT,
while a user goes on writing."""

import statistics
import threading
import time
from datetime import datetime, timedelta

from .. import databases
from . import limits, odoo_env, worlds
from .measure import Line, alternate, compared, seconds

TITLE = "day-one collection"
GOAL, WRITE_SECONDS = 2, 0.5
PARTNERS, MEETINGS = 100_000, 200_000
TWINS = {"trust_evidence": "bench_evidence", "trust_queue": "bench_queue"}
PAUSE = 0.05
ROUNDS = 3


def world(scale: float) -> str:
    return worlds.kept("history", scale, _make)


def _make(name: str, scale: float) -> None:
    count = max(500, round(PARTNERS * scale))
    numbers = {"companies": count * 4 // 10, "contacts": count - count * 4 // 10}
    parameters = worlds.make_people(name, numbers, addons=True)
    with odoo_env.environment(name) as env:
        employees = env["res.users"].browse(parameters["users"])
        parameters |= {
            "authors": employees.partner_id.ids,
            "subtype": env.ref("mail.mt_comment").id,
            "partners": count,
            "meetings": count * MEETINGS // PARTNERS,
        }
    meetings = parameters["meetings"]
    parameters["first_event"] = worlds.reserve(name, "calendar_event", meetings)
    worlds.run_sql(name, "history.sql", **parameters)


def measure(scale: float) -> list[Line]:
    with worlds.copied(world(scale)) as database:
        _make_twins(database)
        history = History(database)
        writer = Writer(database)
        pairs = alternate(
            lambda: writer.during(history.collect), history.by_hand, ROUNDS
        )
        missing = history.difference()
    what = f"collect {max(500, round(PARTNERS * scale)) * 10:,} mails and meetings"
    note = f"{history.found:,} facts, {missing} differ"
    p95 = statistics.quantiles(writer.seconds, n=20)[-1]
    return [
        compared("B8", what, pairs, GOAL, note),
        Line(
            "B8",
            "a user's write meanwhile, 95th percentile",
            f"{p95 * 1000:.0f} ms",
            f"{WRITE_SECONDS * 1000:.0f} ms",
            p95 / WRITE_SECONDS,
            1,
            note=f"{len(writer.seconds)} writes, {writer.refused} refused",
        ),
    ]


def _make_twins(database: str) -> None:
    with databases.cursor(database) as cr:
        limits.make_twins(cr, filled=False, twins=TWINS)


class History:
    """The same history collected by us and by hand, each into an empty ledger."""

    def __init__(self, database: str):
        self.database, self.found = database, 0

    def collect(self) -> float:
        """Day one as the scheduled job does it: batch by batch, each committed."""
        self._empty("trust_evidence, trust_queue, trust_collection")
        with odoo_env.environment(self.database, trust_defer=True) as env:

            def work():
                run = env["trust.collection"]._start()
                run._run()
                self.found = run.found

            return seconds(work)

    def by_hand(self) -> float:
        self._empty("bench_evidence, bench_queue")
        with odoo_env.environment(self.database) as env:
            now = datetime.now().replace(microsecond=0)
            values = {
                "at": now,
                "begin": now.date() - timedelta(days=2200),
                "calendar": env.company.resource_calendar_id.id,
                "company": env.company.id,
            }
            statement = worlds.text_of("limit_collect.sql").format(
                answered=_worked("m.date", "m.answer_date"),
                asked=_worked("m.first_date", "m.date"),
            )

            def work():
                env.cr._obj.execute(statement, values)
                env.cr.commit()

            return seconds(work)

    def difference(self) -> int:
        """How many facts only one of the two ledgers holds."""
        columns = "signal_id, date, partner_id, source_model, source_id"
        return databases.scalar(
            f"SELECT count(*) FROM (SELECT {columns} FROM trust_evidence) a FULL JOIN"
            f" (SELECT {columns} FROM bench_evidence) b USING ({columns})"
            " WHERE a.* IS NULL OR b.* IS NULL",
            (),
            self.database,
        )

    def _empty(self, tables: str) -> None:
        with databases.cursor(self.database) as cr:
            cr.execute(f"TRUNCATE {tables} CASCADE")


def _worked(start: str, stop: str) -> str:
    """Working seconds between two instants: two look-ups in the table of hours."""
    before = (
        "(SELECT done + date_part('epoch', least({0}, stop) - start) FROM bench_hours"
        " WHERE start <= {0} ORDER BY start DESC LIMIT 1)"
    )
    return f"({before.format(stop)} - {before.format(start)})"


class Writer:
    """A user who edits one customer after the other on a connection of his own."""

    def __init__(self, database: str):
        self.database, self.seconds, self.refused = database, [], 0

    def during(self, work) -> float:
        stop = threading.Event()
        thread = threading.Thread(target=self._write, args=(stop,))
        thread.start()
        try:
            return seconds(work)
        finally:
            stop.set()
            thread.join()

    def _write(self, stop: threading.Event) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                self.seconds.append(seconds(lambda n=number: self._edit(n)))
            except Exception:
                self.refused += 1
            time.sleep(PAUSE)

    def _edit(self, number: int) -> None:
        with odoo_env.environment(self.database, odoo_env.USER) as env:
            partners = env["res.partner"]
            domain = [("ref", "like", "B")]
            partner = partners.search(domain, limit=1, offset=number % 400, order="id")
            partner.write({"phone": f"+1 555 {number}"})
            env.cr.commit()
