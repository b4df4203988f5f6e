"""B13: the public feedback page against the login page, at 50 requests a second.

Requests leave at their moment, whether earlier ones were answered or not, and a
request's time counts from that moment. Links that open nothing must write nothing.
"""

import secrets
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import requests

from .. import databases
from ..console import Problem
from . import odoo_env, server, worlds
from .measure import Line, Pairs, compared

TITLE = "the public feedback page under load"
GOAL = 1.5
PER_SECOND, SECONDS, ROUNDS = 50, 5, 5
PEOPLE, BAD = 100, 200


def measure(scale: float) -> list[Line]:
    with worlds.copied(worlds.app(scale)) as database:
        tokens = _ask(database)
        with server.running(database) as url:
            pages = cycle([f"{url}/trust/feedback/{token}" for token in tokens])
            login = cycle([f"{url}/web/login"])
            for page in (next(pages), next(login)):
                _load(cycle([page]), PER_SECOND)
            pairs = Pairs()
            for _number in range(ROUNDS):
                pairs.ours.append(_percentile(_load(pages, PER_SECOND * SECONDS)))
                pairs.theirs.append(_percentile(_load(login, PER_SECOND * SECONDS)))
            written = _write_by_bad_tokens(url, database)
    what = f"95th percentile at {PER_SECOND}/s: feedback page / login page"
    count = f"rows written by {BAD} bad tokens"
    return [
        compared("B13", what, pairs, GOAL),
        Line("B13", count, str(written), "0", written, 0),
    ]


def _ask(database: str) -> list[str]:
    """Tokens of open requests, each to another person."""
    with odoo_env.environment(database) as env:
        people = env["res.partner"].search([("ref", "like", "B")], limit=PEOPLE)
        for person in people:
            person.email = f"{person.id}@bench.example"
        asked = [env["trust.feedback"]._request(person, "pulse") for person in people]
        tokens = [request._get_token() for request in asked if request.state == "sent"]
        env.cr.commit()
    odoo_env.close(database)
    if len(tokens) < PEOPLE:
        raise Problem("The bench could not ask everybody for feedback.")
    return tokens


def _load(addresses, count: int) -> list[float]:
    """Seconds of each of so many requests, sent at a steady pace."""
    begin = time.perf_counter() + 0.1
    with ThreadPoolExecutor(PER_SECOND * 2) as senders:
        sent = [
            senders.submit(_get, next(addresses), begin + number / PER_SECOND)
            for number in range(count)
        ]
        return [future.result() for future in sent]


def _get(address: str, moment: float) -> float:
    time.sleep(max(0, moment - time.perf_counter()))
    answer = requests.get(address, timeout=120)
    if answer.status_code != 200:
        raise Problem(f"A page under load answered {answer.status_code}.")
    return time.perf_counter() - moment


def _percentile(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _write_by_bad_tokens(url: str, database: str) -> int:
    """Rows of all tables that made-up links and forms changed."""
    before = _changes(database)
    for number in range(BAD):
        bad = f"{number + 1}-{secrets.token_hex(32)}"
        address = f"{url}/trust/feedback/{bad}"
        requests.get(address, timeout=60)
        requests.post(address, data={"overall": "5"}, timeout=60)
    return _changes(database) - before


def _changes(database: str) -> int:
    """Rows inserted, updated and deleted so far; counts arrive within seconds."""
    time.sleep(2)
    return databases.scalar(
        "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint"
        " FROM pg_stat_user_tables",
        (),
        database,
    )
