# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.trust_score_sql import COMPONENT_SUMS
from ..tools import trust_equation as te
from .common import TrustCase

SUMS = {
    column: (column.split("_")[1].upper(), column.split("_")[2])
    for column in COMPONENT_SUMS
}


@tagged("post_install", "-at_install")
class TestResPartner(TrustCase):
    """C7: people, their companies, and who may not be scored."""

    def _masses(self, relationship):
        return {key: relationship[column] for column, key in SUMS.items()}

    def _age(self, relationship):
        if not relationship.first_date:
            return 0
        delta = relationship.as_of - relationship.first_date
        return delta.total_seconds() / 86400

    def test_company_is_the_fold_of_itself_and_its_contacts(self):
        """C7: facts of three people of a company count as if they were its own."""
        second = self.contact.copy({"name": "Second", "parent_id": self.customer.id})
        twin = self.other_customer
        for day, (signal, who) in enumerate(
            [
                ("promise_kept", self.customer),
                ("promise_broken", self.contact),
                ("referral", second),
                ("human_contact", self.contact),
            ]
        ):
            self._record(who, signal, days_ago=10 * day)
            self._record(twin, signal, days_ago=10 * day)
        self._drain()
        one, other = self._relationship(self.customer), self._relationship(twin)
        for column in (*COMPONENT_SUMS, "trust_index", "index_low", "circle_low"):
            self.assertAlmostEqual(one[column], other[column], 9, column)
        self.assertEqual(one.evidence_count, 4)
        self.assertTrue(one.is_commercial)
        self.assertFalse(self._relationship(self.contact).is_commercial)

    def test_contact_borrows_from_the_company_without_his_own(self):
        """C7, SCORING 4: prior from the company's sums minus his own."""
        self._record(self.contact, "promise_broken", days_ago=3)
        for day in range(20):
            self._record(self.customer, "purchase_repeated", days_ago=30 * day)
            self._record(self.customer, "referral", 0.5, days_ago=20 * day)
        self._drain()
        company = self._relationship(self.customer)
        contact = self._relationship(self.contact)
        own = self._masses(contact)
        lent = {k: max(0, v - own[k]) for k, v in self._masses(company).items()}
        expected = te.score(own, self._age(contact), te.lend(lent))
        self.assertAlmostEqual(contact.trust_index, expected.index, 9)
        self.assertAlmostEqual(contact.index_sd, expected.sd, 9)
        alone = te.score(own, self._age(contact))
        self.assertAlmostEqual(contact.circle_low, round(alone.low, 6), 9)
        self.assertGreater(contact.trust_index, alone.index)
        self.assertTrue(contact.transferred)
        self.assertEqual(contact.lender_partner_id, self.customer)

    def test_borrower_follows_its_company(self):
        """C7: what happens to the company moves the contact who borrows from it."""
        self._record(self.contact, "promise_kept")
        self._drain()
        before = self._relationship(self.contact).trust_index
        for _i in range(5):
            self._record(self.customer, "promise_broken")
        self._drain()
        self.assertLess(self._relationship(self.contact).trust_index, before - 0.1)

    def test_moving_a_contact_moves_the_effect(self):
        """C7: both companies are scored anew, also one that had no score yet."""
        self._record(self.contact, "promise_kept")
        self._record(self.customer, "promise_kept")
        self._drain()
        target = self.env["res.partner"].create({"name": "New", "is_company": True})
        self.contact.parent_id = target
        self._drain()
        self.assertTrust(self.customer, places=4, evidence_count=1, x_r_pos=1)
        found = self.relationships.search([("partner_id", "=", target.id)])
        self.assertEqual(found.evidence_count, 1, "the new company has no score")
        self.assertEqual(self._relationship(self.contact).lender_partner_id, target)

    def test_leaving_and_deleting_a_company(self):
        """C7: a contact on his own borrows nothing; a deleted company leaves him."""
        self._record(self.contact, "promise_kept")
        self._record(self.customer, "promise_broken")
        self._drain()
        self.customer.unlink()
        self._drain()
        contact = self._relationship(self.contact)
        self.assertTrue(contact.is_commercial)
        self.assertFalse(contact.lender_partner_id)
        self.assertFalse(contact.transferred)
        self.assertAlmostEqual(contact.trust_index, 51.082953, 4)

    def test_deleting_a_contact_takes_the_effect_from_the_company(self):
        """C7, T3: the row stays in the ledger, about nobody."""
        rows = self._record(self.contact, "promise_broken")
        self._record(self.customer, "promise_kept")
        self._drain()
        self.contact.unlink()
        self._drain()
        self.assertTrust(
            self.customer, places=4, evidence_count=1, trust_index=51.082953
        )
        rows.invalidate_recordset()
        self.assertTrue(rows.exists())
        self.assertFalse(rows.partner_id)

    def test_opting_out_removes_the_score(self):
        """Opted out: no score, nothing makes one again until opted in."""
        self._record(self.other_customer, "promise_kept")
        self._drain()
        domain = [("partner_id", "=", self.other_customer.id)]
        self.assertTrue(self.relationships.search(domain))
        self.other_customer.trust_scoring = "never"
        self.assertFalse(self.relationships.search(domain))
        self._record(self.other_customer, "promise_kept")
        self.env["trust.queue"]._push([(self.other_customer.id, None, None)], "test")
        self._drain()
        self.relationships._get_for(self.other_customer)
        self.assertFalse(self.relationships.search(domain))
        self.assertEqual(self.evidence.search_count(domain), 2)
        self.other_customer.trust_scoring = False
        self._drain()
        self.assertEqual(self.relationships.search(domain).evidence_count, 2)

    def test_contact_who_opted_out(self):
        """A2: no score and nothing observed any more; the company's past stands."""
        self._record(self.contact, "feedback_good", days_ago=3)
        self._record(self.customer, "promise_kept", days_ago=3)
        self._drain()
        company = self._relationship(self.customer)
        self.assertEqual(company.evidence_count, 2)
        self.contact.trust_scoring = "never"
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.contact.id,
                "partner_id": self.contact.id,
                "rating": 1,
                "consumed": True,
            }
        )
        self.env["trust.signal"]._collect()
        self._record(self.customer, "promise_kept")
        self._drain()
        domain = [("partner_id", "=", self.contact.id)]
        self.assertFalse(self.relationships.search(domain))
        self.assertEqual(self.evidence.search(domain).signal_id.code, "feedback_good")
        self.assertEqual(company.evidence_count, 3)
        self.contact.trust_scoring = False
        self.env["trust.signal"]._collect()
        self._drain()
        said = self.evidence.search(domain).filtered("source_id")
        self.assertEqual(said.source_id, rating.id)
        self.assertEqual(company.evidence_count, 4)
        self.assertEqual(self._relationship(self.contact).evidence_count, 2)

    def test_a_score_made_while_opting_out_goes(self):
        """A worker that did not see the opt-out yet is corrected by the queue."""
        self._record(self.other_customer, "promise_kept")
        self._drain()
        self.env.cr.execute(
            "UPDATE res_partner SET trust_scoring = 'never' WHERE id = %s",
            (self.other_customer.id,),
        )
        self.other_customer.invalidate_recordset()
        self.env["trust.queue"]._push([(self.other_customer.id, None, None)], "moved")
        self._drain()
        domain = [("partner_id", "=", self.other_customer.id)]
        self.assertFalse(self.relationships.search(domain))

    def test_lead_of_somebody_who_opted_out(self):
        """The lead's score is not handed to a customer who opted out."""
        lead = self.env["crm.lead"].create({"name": "L"})
        self._record(lead, "promise_kept")
        self._drain()
        self.other_customer.trust_scoring = "never"
        lead.partner_id = self.other_customer
        self._drain()
        domain = [("partner_id", "=", self.other_customer.id)]
        self.assertFalse(self.relationships.search(domain))
        self.assertFalse(self.relationships.search([("lead_id", "=", lead.id)]))
        self.assertEqual(self.evidence.search_count(domain), 1)

    def test_colleagues_are_refused(self):
        """SCORING 4: colleagues and our own companies have no relationship."""
        for partner in (self.seller.partner_id, self.company.partner_id):
            with self.assertRaisesRegex(UserError, "one of us"):
                self._record(partner, "promise_kept")
            with self.assertRaisesRegex(UserError, "one of us"):
                self.relationships._get_for(partner)

    def test_contact_of_our_own_company(self):
        """A customer filed under our own company does not get the company scored."""
        self.other_customer.parent_id = self.company.partner_id
        self._record(self.other_customer, "promise_kept")
        self._drain()
        own = [("partner_id", "=", self.company.partner_id.id)]
        self.assertFalse(self.relationships.search(own))
        self.assertTrue(self._relationship(self.other_customer).evidence_count)

    def test_merging_contacts_of_companies(self):
        """T3: the company that lost a contact by a merge is scored anew."""
        target = self.env["res.partner"].create({"name": "New", "is_company": True})
        survivor = self.contact.copy({"name": "Other", "parent_id": target.id})
        self._record(self.contact, "promise_broken")
        self._record(self.customer, "promise_kept")
        self._record(survivor, "promise_kept")
        self._drain()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([self.contact.id, survivor.id], survivor, extra_checks=False)
        self._drain()
        self.assertTrust(
            self.customer, places=4, evidence_count=1, trust_index=51.082953
        )
        self.assertTrust(target, places=4, evidence_count=2)

    def test_write_of_many_contacts(self):
        """Routing is told once for all partners of a write."""
        contacts = self.env["res.partner"].create(
            [{"name": f"P{i}", "parent_id": self.customer.id} for i in range(3)]
        )
        for contact in contacts:
            self._record(contact, "promise_kept")
        self._drain()
        self.customer.write(
            {"child_ids": [Command.unlink(contact.id) for contact in contacts]}
        )
        self._drain()
        self.assertTrust(self.customer, places=4, evidence_count=0, trust_index=50)
