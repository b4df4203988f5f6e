# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .common import TrustCase


class TestTrustCircleMap(TrustCase):
    """I2: the dots of the circle map, one read with the reader's own rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Only what the test makes, whatever else the database holds.
        cls.people = cls.customer | cls.other_customer
        cls.domain = [("partner_id", "in", cls.people.ids)]
        for signal in ("promise_kept", "won_deal", "thanks"):
            cls._tell(cls.customer, signal, 12)
        cls._record(cls.other_customer, "meeting_held", days_ago=3)
        cls._drain()

    @classmethod
    def _tell(cls, customer, signal, times, days_ago=60):
        known = cls.env["trust.signal"].search([("code", "=", signal)])
        for _time in range(times if known else 0):
            cls._record(customer, signal, days_ago=days_ago)

    def _map(self, user=None, domain=None, **options):
        model = self.relationships.with_user(user or self.all_seller)
        return model.get_circle_map(domain or self.domain, **options)

    def _dot(self, subject, found=None):
        dots = (found or self._map())["dots"]
        number = dots["id"].index(self._relationship(subject).id)
        return {name: values[number] for name, values in dots.items()}

    def _shift(self, customer, **values):
        """Write a score as the refresh would; the map only draws it."""
        relationship = self._relationship(customer).sudo()
        relationship.write(values)
        relationship.flush_recordset()
        return relationship

    def _ring(self, level):
        return self.env["trust.circle"].search([("level", "=", level)])

    def _shown_before(self, customer, days_ago, ring, careful, confidence=0.5):
        """Keep history by hand: the ring that was shown so many days ago."""
        relationship = self._relationship(customer).sudo()
        date = self.now - timedelta(days=days_ago)
        self.env.cr.execute(
            """INSERT INTO trust_snapshot (relationship_id, company_id, date,
                      trust_index, index_low, confidence, circle_id)
               VALUES (%s, %s, %s, %s, %s, %s, %s)""",
            (
                relationship.id,
                self.company.id,
                date,
                careful,
                careful,
                confidence,
                ring.id or None,
            ),
        )
        self.env.invalidate_all()

    # PLACES

    def test_rings_and_counts(self):
        """I2: all rings from the configuration, outermost first, with their counts."""
        found = self._map()
        circles = self.env["trust.circle"].search([], order="level")
        self.assertEqual([r["name"] for r in found["rings"]], circles.mapped("name"))
        counted = found["little"] + sum(r["count"] for r in found["rings"])
        self.assertEqual((counted, found["total"]), (2, 2))

    def test_place(self):
        """I2: nearer the centre within a ring as the careful index grows."""
        outer, inner = self._ring(1), self._ring(2)
        policy = self.relationships._policy_of(self.company.id)
        ups, downs = policy._circle_thresholds()
        middle = (downs[0] + ups[1]) / 2
        self._shift(self.customer, circle_id=outer.id, circle_low=middle)
        self.assertEqual(self._dot(self.customer)["place"], 1.5)
        self._shift(self.customer, circle_id=inner.id, circle_low=99)
        self.assertEqual(self._dot(self.customer)["place"], 2.999)

    def test_little_evidence(self):
        """I2: little evidence stands outside the rings, without a band."""
        dot = self._dot(self.other_customer)
        self.assertTrue(-1 <= dot["place"] < 0)
        self.assertFalse(dot["band"])
        self.assertIsNone(dot["was"])

    def test_same_place_whatever_is_filtered(self):
        """I2: a customer's place does not depend on who else is shown."""
        alone = [("partner_id", "=", self.customer.id)]
        for name in ("place", "was", "index"):
            self.assertEqual(
                self._dot(self.customer)[name],
                self._dot(self.customer, self._map(domain=alone))[name],
            )

    # MOVES

    def test_moved_into_another_ring(self):
        """I2: who came from another ring in 30 days carries where they stood."""
        self._shown_before(self.customer, 45, self._ring(0), 30)
        self._shift(
            self.customer,
            circle_id=self._ring(1).id,
            circle_low=44,
            snapshot_date=self.now - timedelta(days=10),
        )
        dot = self._dot(self.customer)
        self.assertTrue(0 <= dot["was"] < 1, dot)
        self.assertTrue(1 <= dot["place"] < 2, dot)

    def test_moved_long_ago(self):
        """I2: a change of ring before these 30 days is no arrow."""
        self._shown_before(self.customer, 80, self._ring(0), 30)
        self._shown_before(self.customer, 40, self._ring(1), 44)
        self._shift(
            self.customer,
            circle_id=self._ring(1).id,
            circle_low=44,
            trend_30d=0,
            snapshot_date=self.now - timedelta(days=5),
        )
        self.assertIsNone(self._dot(self.customer)["was"])

    def test_moved_far_within_a_ring(self):
        """I2: five points within the same ring are an arrow, one is not."""
        self._shift(
            self.customer, circle_id=self._ring(3).id, circle_low=62, trend_30d=6
        )
        dot = self._dot(self.customer)
        self.assertTrue(3 <= dot["was"] < dot["place"], dot)
        self._shift(self.customer, trend_30d=1)
        self.assertIsNone(self._dot(self.customer)["was"])

    def test_privacy_officer_sees_no_history(self):
        """A1: who may not read the history gets no arrow from another ring."""
        self._shown_before(self.customer, 45, self._ring(0), 30)
        self._shift(
            self.customer,
            circle_id=self._ring(1).id,
            circle_low=44,
            trend_30d=0,
            snapshot_date=self.now,
        )
        self.assertIsNotNone(self._dot(self.customer)["was"])
        self.assertIsNone(self._dot(self.customer, self._map(self.privacy))["was"])

    # SIZES

    def test_sizes(self):
        """I2: any stored number makes the size, from least to most."""
        found = self._map(size_measure="evidence_count")
        self.assertEqual(self._dot(self.customer, found)["size"], 1)
        self.assertEqual(self._dot(self.other_customer, found)["size"], 0)
        self.assertEqual(found["size_range"][0], 1)

    def test_size_needs_a_number(self):
        """I2: what is no stored number is refused, with what to do."""
        for name in ("display_name", "user_id", "no_such_field"):
            with self.assertRaisesRegex(UserError, "choose a number"):
                self._map(size_measure=name)

    def test_limit(self):
        """I2: beyond the limit those with the most evidence stay; counts are of all."""
        found = self._map(limit=1)
        self.assertEqual(found["dots"]["id"], [self._relationship(self.customer).id])
        self.assertEqual(found["total"], 2)

    def test_nobody(self):
        """I2: a filter that nobody meets gives empty columns, not an error."""
        found = self._map(domain=[("id", "=", 0)])
        self.assertEqual(found["total"], 0)
        self.assertFalse(any(found["dots"].values()))
        self.assertIn("place", found["dots"])

    # RIGHTS

    def test_own_customers_only(self):
        """A1: a seller's map holds their own and nobody's customers."""
        self.customer.user_id = self.all_seller
        self.other_customer.user_id = self.seller
        found = self._map(self.seller)
        self.assertEqual(
            found["dots"]["id"], self._relationship(self.other_customer).ids
        )
        self.assertEqual(found["total"], 1)
        with self.assertRaises(AccessError):
            self._relationship(self.customer).with_user(
                self.seller
            ).get_circle_map_words()

    def test_outsider(self):
        """A1: without the trust group there is no map."""
        with self.assertRaises(AccessError):
            self._map(self.outsider)

    def test_other_company(self):
        """A1: relationships of a company that is not active stay away."""
        other = self.env["res.company"].create({"name": "Sister"})
        self.relationships._get_for(self.customer, other)
        self.assertEqual(self._map()["total"], 2)

    def test_filter_by_team(self):
        """I2: a sales team's customers, by its name and as the leader's own filter."""
        self.env["crm.team"].create(
            {
                "name": "Team of the north",
                "user_id": self.manager.id,
                "member_ids": [(4, self.seller.id)],
            }
        )
        self.customer.user_id = self.seller
        for filtered in (
            [("user_id.crm_team_ids.name", "ilike", "of the north")],
            [("user_id.crm_team_ids.user_id", "=", self.manager.id)],
        ):
            domain = list(Domain.AND([self.domain, filtered]))
            found = self._map(self.manager, domain=domain)
            self.assertEqual(found["dots"]["name"], ["Azure Interior"])

    def test_queries(self):
        """I2: as many queries for many customers as for one."""
        one = [("partner_id", "=", self.customer.id)]
        model = self.relationships.with_user(self.all_seller)
        counts = []
        for domain in (one, self.domain):
            model.get_circle_map(domain)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            model.get_circle_map(domain)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    # WORDS

    def test_words(self):
        """I2: the card tells index, range, the month before, owner, last contact."""
        self.customer.user_id = self.seller
        relationship = self._relationship(self.customer).with_user(self.seller)
        words = relationship.get_circle_map_words()[relationship.id]
        self.assertEqual(words["index"], relationship.trust_index)
        self.assertEqual(words["owner"], "seller")
        low, high = words["about"]
        self.assertTrue(low < words["index"] < high)

    def test_words_say_why(self):
        """I2: what moved somebody is told as facts, the weightiest first."""
        self._record(self.customer, "promise_broken", days_ago=2)
        self._record(self.customer, "promise_broken", days_ago=1)
        self._drain()
        relationship = self._shift(self.customer, has_trend=True, trend_30d=-6)
        words = relationship.get_circle_map_words()[relationship.id]
        self.assertEqual(words["because"][0], "Promise broken, 2 times")
        self.assertAlmostEqual(words["before"], words["index"] + 6)

    def test_words_without_news(self):
        """I2: a fall without any fact is told as fading."""
        relationship = self._shift(
            self.customer, has_trend=True, trend_30d=-6, circle_id=self._ring(1).id
        )
        words = relationship.get_circle_map_words()[relationship.id]
        self.assertEqual(words["because"], ["Nothing new: what was known fades."])
