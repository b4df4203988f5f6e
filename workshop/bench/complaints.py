"""B6: filing a complaint over RPC against a helpdesk ticket and a claim.

Ours counts with all that it sets off: number, deadlines, followers, the mail that
acknowledges it, evidence; that all of it is there is checked after the last round.
The peers are alone in a database without our addons.
"""

import statistics

from .. import databases
from ..console import Problem
from . import odoo_env, peers, server, worlds
from .measure import Line, Pairs, compared, seconds

TITLE = "filing a complaint over RPC"
CALLS, UNMEASURED = 40, 5
SLOWER, FASTER = 1.0, 1.3
SUBJECT, WORDS = "The shelf came late", "<p>We had guests and no shelf.</p>"


def measure(scale: float) -> list[Line]:
    ours, plain = worlds.app(scale), worlds.plain(scale)
    with worlds.copied(ours) as one, worlds.copied(plain) as other:
        peers.install(other)
        _allow(other)
        with server.running(one, other, options=(peers.addons_path(),)) as url:
            return _lines(*_rounds(Desk(url, one), Desk(url, other)))


def _allow(database: str) -> None:
    """The user may work with the peers, whose code this process does not know."""
    with databases.cursor(database) as cr:
        cr.execute(
            "INSERT INTO res_groups_users_rel (uid, gid)"
            " SELECT u.id, d.res_id FROM res_users u, ir_model_data d"
            "  WHERE u.login = %s AND d.module || '.' || d.name = ANY(%s)"
            " ON CONFLICT DO NOTHING",
            (odoo_env.USER, list(peers.GROUPS)),
        )


def _rounds(ours, theirs) -> tuple[list[float], dict[str, list[float]]]:
    taken, peer = [], {"a ticket": [], "a claim": []}
    for number in range(CALLS + UNMEASURED):
        found = seconds(ours.complain), seconds(theirs.ticket), seconds(theirs.claim)
        if number >= UNMEASURED:
            taken.append(found[0])
            peer["a ticket"].append(found[1])
            peer["a claim"].append(found[2])
    ours.check()
    return taken, peer


def _lines(taken: list[float], peer: dict[str, list[float]]) -> list[Line]:
    faster, slower = sorted(peer, key=lambda name: statistics.median(peer[name]))
    return [
        compared("B6", f"file a complaint / {name}", Pairs(taken, peer[name]), goal)
        for name, goal in ((slower, SLOWER), (faster, FASTER))
    ]


class Desk:
    """Somebody who notes what customers complain about, each another customer's."""

    def __init__(self, url: str, database: str):
        self.client, self.database = server.Client(url, database), database
        domain = [("ref", "like", "B"), ("parent_id", "=", False)]
        self.customers = self.client.call(
            "res.partner", "search", domain, limit=CALLS + UNMEASURED
        )
        self.filed: list[int] = []
        self.turns = {"ticket": iter(self.customers), "claim": iter(self.customers)}

    def complain(self) -> None:
        customer = self.customers[len(self.filed)]
        values = {"subject": SUBJECT, "description": WORDS, "partner_id": customer}
        self.filed += self.client.call("trust.complaint", "create", [values])

    def ticket(self) -> None:
        customer = next(self.turns["ticket"])
        values = {"name": SUBJECT, "description": WORDS, "partner_id": customer}
        self.client.call("helpdesk.ticket", "create", [values])

    def claim(self) -> None:
        customer = next(self.turns["claim"])
        values = {"name": SUBJECT, "description": WORDS, "partner_id": customer}
        self.client.call("crm.claim", "create", [values])

    def check(self) -> None:
        """Each complaint has its deadline, its follower and its evidence."""
        with odoo_env.environment(self.database) as env:
            complaints = env["trust.complaint"].browse(self.filed)
            late = [c for c in complaints if not c.answer_deadline]
            unfollowed = [
                c for c in complaints if c.partner_id not in c.message_partner_ids
            ]
            silent = [c for c in complaints if not c._trust_evidence_rows()]
        if late or unfollowed or silent:
            raise Problem("A filed complaint lacks its deadline, follower or evidence.")
