"""T2, T3: people record, merge and void while the scores are refreshed."""

import random
import statistics
import threading
import time

import pytest
from harness.rpc import RpcError

DUE = "2099-01-01"


class Writer(threading.Thread):
    """One user who makes and keeps promises, each a fact in the ledger.

    On a machine that is busy with other things it goes on until it has told a few.
    """

    FEW, AT_MOST = 8, 90

    def __init__(self, client, partners, seed, until):
        super().__init__()
        self.client, self.partners, self.until = client, partners, until
        self.rng = random.Random(seed)
        self.kept, self.errors, self.seconds = [], [], []

    def run(self):
        while self._goes_on():
            partner = self.rng.choice(self.partners)
            started = time.monotonic()
            try:
                self.kept.append(self._promise(partner))
            except RpcError as error:
                self.errors.append((partner, error))
            self.seconds.append((time.monotonic() - started) / 2)

    def _goes_on(self):
        late = time.monotonic() - self.until
        return late < 0 or (len(self.seconds) < self.FEW and late < self.AT_MOST)

    def _promise(self, partner):
        values = {"name": "Call", "partner_id": partner, "date_deadline": DUE}
        (promise,) = self.client.create("trust.promise", [values])
        self.client.call_kw("trust.promise", "action_keep", [promise])
        return promise


def write_meanwhile(world, servers, partners, seconds, meanwhile):
    """Four writers at once while ``meanwhile`` is called again and again."""
    until = time.monotonic() + seconds
    writers = [Writer(servers[i % 2].client(), partners, i, until) for i in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        world.wake()
        meanwhile()
        time.sleep(0.5)
    for writer in writers:
        writer.join()
    seconds = sorted(s for writer in writers for s in writer.seconds)
    print(
        f"\n{len(seconds)} facts by 4 writers: median"
        f" {1000 * statistics.median(seconds):.0f} ms, p95"
        f" {1000 * seconds[int(len(seconds) * 0.95)]:.0f} ms a request"
    )
    return writers


def assert_all_kept(world, writers):
    """What was acknowledged is in the ledger, once, and counts."""
    kept = [promise for writer in writers for promise in writer.kept]
    rows = world.value(
        """SELECT count(*) FROM trust_evidence WHERE source_model = 'trust.promise'
              AND source_id = ANY(%s) AND voids_id IS NULL""",
        kept,
    )
    assert len(kept) > 20, "the writers hardly wrote"
    assert rows == len(kept)
    world.wake()
    world.wait_until_drained(75)
    assert world.differences() == []
    assert world.errors() == []
    assert world.cron_failures() == 0


def run_writers(world, odoo_server, seconds):
    partners = world.plant(200, 2)
    servers = odoo_server(world.database, n=2)
    writers = write_meanwhile(world, servers, partners, seconds, lambda: None)
    assert [error for writer in writers for error in writer.errors] == []
    assert_all_kept(world, writers)


def test_four_writers_on_hot_customers(trust_world, odoo_server):
    """T2: nothing lost, no conflict shown to a user, sums equal the ledger.

    Turns red with a dirty flag in place of the queue, and when refreshing takes locks
    that writers wait for.
    """
    run_writers(trust_world, odoo_server, 12)


@pytest.mark.long
def test_four_writers_for_a_minute(trust_world, odoo_server):
    """T2: the same for sixty seconds."""
    run_writers(trust_world, odoo_server, 60)


class Merger:
    """A user who merges contacts, two into one, while others write about them."""

    def __init__(self, client, partners):
        self.client, self.partners, self.done = client, list(partners), []
        self.retries = 0

    def __call__(self):
        if len(self.partners) < 3:
            return
        *sources, target = [self.partners.pop() for _i in range(3)]
        wizard = "base.partner.merge.automatic.wizard"
        values = {
            "state": "selection",
            "partner_ids": [(6, 0, [*sources, target])],
            "dst_partner_id": target,
        }
        (made,) = self.client.create(wizard, [values])
        try:
            self.client.call_kw(wizard, "action_merge", [made])
        except RpcError as error:
            assert "serialize" not in str(error), error
            self.retries += 1
            return
        self.done += sources


def run_merges(world, odoo_server, customers, seconds):
    partners = world.plant(customers, 2)
    planted = world.value("SELECT count(*) FROM trust_evidence")
    servers = odoo_server(world.database, n=2)
    merger = Merger(servers[0].client(), partners[: customers // 2])
    writers = write_meanwhile(world, servers, partners, seconds, merger)
    for writer in writers:
        for partner, error in writer.errors:
            assert "serialize" not in str(error), error
            assert partner in merger.partners + merger.done, error
    assert merger.done, "nothing was merged"
    assert_all_kept(world, writers)
    kept = sum(len(writer.kept) for writer in writers)
    total = world.value("SELECT count(*) FROM trust_evidence WHERE voids_id IS NULL")
    assert total == planted + kept
    nobody = "SELECT count(*) FROM trust_evidence WHERE partner_id IS NULL"
    assert world.value(nobody) == 0
    moved = "SELECT count(*) FROM trust_evidence_route WHERE reason = 'partner_merge'"
    assert world.value(moved) >= 2 * len(merger.done)


def test_merging_under_load(trust_world, odoo_server):
    """T3: merging keeps 100 % of the rows, also of those recorded meanwhile."""
    run_merges(trust_world, odoo_server, 60, 12)


@pytest.mark.long
def test_merging_under_load_for_a_minute(trust_world, odoo_server):
    """T3: the same over more contacts."""
    run_merges(trust_world, odoo_server, 400, 60)
