"""B4: keeping a promise over RPC, until the new score is there.

The response comes after the refresh, so the call's time is the time until the score
is visible; each round checks that it is.
"""

import datetime

from .. import databases
from ..console import Problem
from . import server, worlds
from .measure import Line, Pairs, compared, seconds

TITLE = "keeping a promise over RPC"
GOAL, GROWTH = 1.5, 1.2
CALLS, UNMEASURED = 40, 5
LARGER = 100


def measure(scale: float) -> list[Line]:
    small, large = worlds.app(scale / LARGER), worlds.app(scale)
    with worlds.copied(small) as one, worlds.copied(large) as other:
        with server.running(one, other) as url:
            people = [Salesperson(url, one), Salesperson(url, other)]
            peer, ledger = _rounds(*people)
    rows = worlds.sizes(scale)["rows"]
    what = f"keep a promise, {rows:,} rows of evidence / create a mail.activity"
    return [
        compared("B4", what, peer, GOAL),
        compared(
            "B4", f"the same / with a ledger {LARGER} times smaller", ledger, GROWTH
        ),
    ]


def _rounds(small, large) -> tuple[Pairs, Pairs]:
    peer, ledger = Pairs(), Pairs()
    for number in range(CALLS + UNMEASURED):
        kept = seconds(large.keep)
        activity = seconds(large.schedule)
        kept_small = seconds(small.keep)
        for person in (large, small):
            person.check()
        if number >= UNMEASURED:
            peer.ours.append(kept)
            peer.theirs.append(activity)
            ledger.ours.append(kept)
            ledger.theirs.append(kept_small)
    return peer, ledger


class Salesperson:
    """Keeps one promise after the other, each to another customer."""

    def __init__(self, url: str, database: str):
        self.client = server.Client(url, database)
        domain = [("ref", "like", "B"), ("parent_id", "=", False)]
        found = self.client.call("res.partner", "search", domain, limit=100)
        self.customers = found[: CALLS + UNMEASURED]
        self.promises = self.client.call(
            "trust.promise", "create", [self._promise(p) for p in self.customers]
        )
        self.counts = {p: self._evidence(p) for p in self.customers}
        self.kind = self.client.call("mail.activity.type", "search", [], limit=1)[0]
        self.model = databases.scalar(
            "SELECT id FROM ir_model WHERE model = 'res.partner'", (), database
        )
        self.turn = -1

    def _promise(self, partner: int) -> dict:
        tomorrow = datetime.date.today() + datetime.timedelta(days=1)
        return {
            "name": "Send the offer",
            "partner_id": partner,
            "user_id": self.client.uid,
            "date_deadline": tomorrow.isoformat(),
        }

    def keep(self) -> None:
        self.turn += 1
        self.client.call("trust.promise", "action_keep", [self.promises[self.turn]])

    def schedule(self) -> None:
        activity = {
            "res_model_id": self.model,
            "res_id": self.customers[self.turn],
            "activity_type_id": self.kind,
            "user_id": self.client.uid,
            "summary": "Send the offer",
        }
        self.client.call("mail.activity", "create", [activity])

    def check(self) -> None:
        partner = self.customers[self.turn]
        if self._evidence(partner) != self.counts[partner] + 1:
            raise Problem("A kept promise did not show in the score at once.")

    def _evidence(self, partner: int) -> int:
        rows = self.client.call(
            "trust.relationship",
            "search_read",
            [("partner_id", "=", partner)],
            ["evidence_count"],
        )
        return rows[0]["evidence_count"]
