# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from unittest.mock import patch

from odoo.tests import tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustSubjectPage(TrustCase):
    """B7: a page of partners by trust index, by walking the index."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"Page {i:02}"} for i in range(12)]
        )
        relationships = cls._relationship(cls.partners[:9])
        relationships = relationships.sorted(lambda row: row.partner_id.id)
        for number, relationship in enumerate(relationships):
            # Two of a kind, and two without an index although there is a row.
            index = None if number > 6 else 40.0 + number // 2
            cls.env.cr.execute(
                "UPDATE trust_relationship SET trust_index = %s WHERE id = %s",
                (index, relationship.id),
            )
        cls.env.invalidate_all()
        cls.domain = [("id", "in", cls.partners.ids)]

    def _page(self, fast=True, **options):
        partners = self.env["res.partner"].with_user(self.all_seller)
        page = type(partners)._trust_page_ids
        used = []

        def follow(records, query, first):
            ids = page(records, query, first) if fast else None
            used.append(ids is not None)
            return ids

        with patch.object(type(partners), "_trust_page_ids", follow):
            found = partners.search_fetch(self.domain, ["name"], **options)
        return found.mapped("name"), used

    def _assert_same(self, used, **options):
        names, was_used = self._page(**options)
        self.assertEqual(names, self._page(fast=False, **options)[0], options)
        self.assertEqual(was_used, used, options)
        return names

    def test_same_page(self):
        """B7: both ways give the same page; short pages fall back."""
        for order in ("trust_index desc, name", "trust_index, id desc"):
            self._assert_same([True], order=order, limit=5)
            self._assert_same([True], order=order, limit=3, offset=4)
            self._assert_same([False], order=order, limit=3, offset=5)
            self._assert_same([False], order=order, limit=8)
            self._assert_same([False], order=order, limit=100)
        names = self._assert_same([True], order="trust_index desc, name", limit=3)
        self.assertEqual(names, ["Page 06", "Page 04", "Page 05"])

    def test_other_orders(self):
        """Orders that the index does not serve are left alone."""
        for order in ("name, trust_index", "trust_index nulls first", "trust_band"):
            self._assert_same([], order=order, limit=3)
        self._assert_same([], order="trust_index desc")

    def test_leads_are_left_alone(self):
        """Leads join twice: their pages come from the general query."""
        lead = self.env["crm.lead"].create(
            {"name": "L", "partner_id": self.customer.id}
        )
        leads = lead.search([("id", "=", lead.id)], order="trust_index desc", limit=1)
        self.assertEqual(leads, lead)

    def test_own_customers_only(self):
        """Who sees own customers only has the others without an index."""
        self.partners.user_id = self.all_seller
        self.partners[0].user_id = self.seller
        self.env.flush_all()
        partners = self.env["res.partner"].with_user(self.seller)
        page = partners.search(self.domain, order="trust_index desc, name", limit=1)
        self.assertEqual(page, self.partners[0])
        every = partners.search(self.domain, order="trust_index desc, name", limit=12)
        self.assertEqual(every, self.partners)

    def test_one_query_for_a_page(self):
        """B5: what a page shows of trust costs one query, names of circles included."""
        circle = self.env.ref("trust_crm.circle_insider")
        self._relationship(self.partners)._write({"circle_id": circle.id})
        partners = self.partners.with_user(self.all_seller)
        specification = {
            "trust_index": {},
            "trust_circle_id": {"fields": {"display_name": {}}},
            "trust_stage_id": {"fields": {"display_name": {}}},
        }
        plain, _shown = self._count_queries(partners, {"name": {}})
        count, shown = self._count_queries(partners, {"name": {}} | specification)
        self.assertEqual(count, plain + 1)
        self.assertEqual(shown[0]["trust_circle_id"]["display_name"], circle.name)

    def _count_queries(self, partners, specification):
        """Return how many queries a page costs when only caches of ids are warm."""
        for _turn in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            shown = partners.web_read(specification)
        return self.env.cr.sql_log_count - before, shown

    def test_new_customer_at_once(self):
        """A lead shows its new customer before anything is flushed."""
        lead = self.env["crm.lead"].create({"name": "L"})
        self.assertFalse(lead.trust_index)
        lead.partner_id = self.partners[6]
        lead.invalidate_recordset(["trust_index"], flush=False)
        self.assertEqual(lead.trust_index, 43.0)
