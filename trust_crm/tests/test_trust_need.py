# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TrustCase

FIVE = ["stated", "real", "unstated", "delight", "secret"]


@tagged("post_install", "-at_install")
class TestTrustNeed(TrustCase):
    """H6: five kinds of needs of a customer or lead."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.customer | cls.contact).user_id = cls.seller
        cls.lead = cls.env["crm.lead"].create(
            {"name": "New kitchen", "contact_name": "Will", "user_id": cls.seller.id}
        )

    def need(self, name="A kitchen", user=None, **values):
        if not {"partner_id", "lead_id"} & values.keys():
            values["lead_id"] = self.lead.id
        needs = self.env["trust.need"].with_user(user or self.seller)
        return needs.create({"name": name, **values})

    def met(self, **values):
        need = self.need(state="confirmed", **values)
        need.state = "met"
        return need

    def card(self, record, user=None):
        """{kind: row} of the card that a user sees."""
        needs = self.env["trust.need"].with_user(user or self.seller)
        rows = needs.get_card(record._name, record.id)["rows"]
        self.assertEqual([row["kind"] for row in rows], FIVE)
        return {row["kind"]: row for row in rows}

    def names(self, record, user=None):
        rows = self.card(record, user).values()
        return {need["name"] for row in rows for need in row["needs"]}

    def live(self, need):
        rows = need._trust_evidence_rows()
        return rows.filtered(lambda row: row.state == "live")

    # THE CARD

    def test_four_prompts(self):
        """H6: a lead with only a stated need has four open rows, each a question."""
        self.need("A kitchen", kind="stated")
        card = self.card(self.lead)
        open_ = [row for row in card.values() if not row["needs"]]
        self.assertEqual(len(open_), 4)
        self.assertEqual(len({row["question"] for row in open_}), 4)
        for row in open_:
            self.assertTrue(row["question"].endswith("?"))
            self.assertTrue(row["hint"])
        (line,) = card["stated"]["needs"]
        self.assertEqual((line["name"], line["state"]), ("A kitchen", "hypothesis"))
        self.assertEqual(line["who"], "seller")

    def test_nothing_known(self):
        """H6: five questions; of other records there is no card."""
        self.assertFalse(self.names(self.lead))
        with self.assertRaises(UserError):
            self.env["trust.need"].get_card("res.users", self.seller.id)

    def test_a_leads_needs_show_on_its_customer(self):
        """H6: and the customer's on its leads, people's on their company."""
        self.need("Of the lead")
        self.need("Of the contact", partner_id=self.contact.id)
        self.need("Of the company", partner_id=self.customer.id)
        self.need("Of somebody else", partner_id=self.other_customer.id)
        self.lead.partner_id = self.contact
        self.env.cr.flush()
        all_three = {"Of the lead", "Of the contact", "Of the company"}
        for record in (self.lead, self.contact, self.customer):
            self.assertEqual(self.names(record), all_three)
        relationship = self._relationship(self.customer)
        self.assertEqual(self.names(relationship), all_three)
        (line,) = self.card(self.customer)["stated"]["needs"][:1]
        self.assertIn("Brandon Freeman", line["about"])

    def test_defaults_of_what_is_added(self):
        """H6: what is typed into the card of a lead is its customer's too."""
        self.lead.partner_id = self.contact
        card = self.env["trust.need"].get_card("crm.lead", self.lead.id)
        need = self.need(**card["defaults"])
        self.assertEqual((need.lead_id, need.partner_id), (self.lead, self.contact))

    # HYPOTHESIS, CONFIRMED, MET

    def test_steps(self):
        """H6: a guess is not met; each step can be taken back."""
        need = self.need()
        with self.assertRaises(UserError):
            need.state = "met"
        with self.assertRaises(UserError):
            self.need(state="met")
        for state in ("confirmed", "met", "confirmed", "hypothesis"):
            need.state = state
            self.assertEqual(bool(need.met_date), state == "met")
            self.assertEqual(bool(need.met_by_id), state == "met")
            self.assertEqual(len(self.live(need)), state == "met")

    def test_evidence(self):
        """H6: met is evidence of the one who met it, without a word of the need."""
        need = self.met(partner_id=self.contact.id, name="A nanny in August")
        row = self.live(need)
        self.assertEqual(row.signal_id.code, "need_met")
        self.assertEqual((row.user_id, row.partner_id), (self.seller, self.contact))
        self.assertFalse(row.note)
        need.with_user(self.manager).write({"state": "met"})
        self.assertEqual(self.live(need), row, "met again changes nothing")
        need.state = "confirmed"
        self.assertFalse(self.live(need))
        need.with_user(self.manager).state = "met"
        self.assertEqual(self.live(need).user_id, self.manager)
        need.unlink()
        self.assertEqual(row._voided(), row)
        self.assertTrue(self.env.ref("trust_crm.signal_need_met").active)

    def test_nobody_backdates(self):
        """H6: when and by whom is noted by itself."""
        long_ago = fields.Datetime.now() - timedelta(days=400)
        need = self.need(met_date=long_ago, met_by_id=self.manager.id)
        self.assertFalse(need.met_date or need.met_by_id)
        with self.assertRaises(UserError):
            need.write({"met_date": long_ago})
        need.state = "confirmed"
        need.state = "met"
        self.assertGreater(need.met_date, long_ago + timedelta(days=399))

    def test_bad_input(self):
        """H6: without words, of nobody, of a colleague, found tomorrow."""
        tomorrow = fields.Date.today() + timedelta(days=2)
        for wrong in (
            {"name": "  "},
            {"partner_id": False},
            {"partner_id": self.manager.partner_id.id},
            {"user_id": False},
            {"found_date": tomorrow},
        ):
            with self.assertRaises(
                ValidationError if "partner" not in str(wrong) else UserError
            ):
                with self.env.cr.savepoint():
                    self.need(**wrong)

    # MOVING ALONG

    def test_converted(self):
        """H6: the lead's needs and their evidence become the customer's, once."""
        need, met = self.need("Light"), self.met(name="Quiet")
        row = self.live(met)
        self.lead.partner_id = self.other_customer
        self.env.cr.flush()
        self.assertEqual((need | met).partner_id, self.other_customer)
        self.assertEqual(self.live(met), row, "moved, not told anew")
        self.assertEqual(row.partner_id, self.other_customer)
        self.assertEqual(
            self.names(self.other_customer, self.manager), {"Light", "Quiet"}
        )

    def test_merged_leads(self):
        """H6: the lead that stays has the needs of both, and what serves them."""
        other = self.env["crm.lead"].create({"name": "The same kitchen"})
        need = self.need("Light", lead_id=other.id, user=self.manager)
        served = self.need("Quiet", opportunity_id=other.id)
        met = self.met(name="Warm", lead_id=other.id)
        row = self.live(met)
        stays = (self.lead | other).merge_opportunity()
        self.env.cr.flush()
        self.assertEqual((need | served | met).lead_id, stays)
        self.assertEqual(served.opportunity_id, stays)
        self.assertEqual(self.live(met), row)
        self.assertEqual(self.names(stays, self.manager), {"Light", "Quiet", "Warm"})

    def test_merged_customers(self):
        """H6: the survivor has the needs of both, two of one kind too."""
        self.need("Light", partner_id=self.customer.id)
        met = self.met(name="Quiet", partner_id=self.other_customer.id)
        row = self.live(met)
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (self.customer | self.other_customer).ids, self.customer
        )
        met.invalidate_recordset()
        self.assertEqual(self.names(self.customer), {"Light", "Quiet"})
        met._collect_trust_evidence()
        self.assertEqual(self.live(met), row)

    def test_deleted(self):
        """H6: what a deleted lead or contact needed is gone, unless it is shared."""
        need = self.need()
        partner = self.env["res.partner"].create({"name": "Gone soon"})
        shared = self.need(partner_id=partner.id)
        shared.sudo().lead_id = self.lead
        own = self.need(partner_id=partner.id, name="Own")
        partner.unlink()
        self.assertFalse(own.exists())
        self.assertEqual(shared.exists().lead_id, self.lead)
        self.lead.unlink()
        self.assertFalse((need | shared).exists())

    # TODAY AND THE CALLER

    def test_topics(self):
        """H6, H10: what is still needed, what is a guess, what nobody has asked."""
        today = self.env["trust.today"].with_user(self.seller)
        both = (self.customer | self.other_customer).with_user(self.seller)
        self.assertEqual(
            today._get_topics(both)[self.other_customer.id],
            ["Ask: What should be better for you afterwards?"],
        )
        self.need("Their dog", partner_id=self.contact.id, kind="secret")
        self.need("More light", partner_id=self.contact.id, kind="real")
        self.need("Two ovens", partner_id=self.contact.id, state="confirmed")
        self.met(name="Done", partner_id=self.customer.id, kind="unstated")
        self.env.flush_all()
        with self.assertQueryCount(4):
            topics = today._get_topics(both)[self.customer.id]
        self.assertEqual(
            topics,
            [
                "Still needed: Two ovens",
                "Is it so? More light",
                "Ask: What would be a pleasant surprise?",
            ],
        )

    def test_caller_card(self):
        """H6, S22: open prompts are worth asking, of a lead too; no secret shows."""
        today = self.env["trust.today"].with_user(self.seller)
        self.need("Their dog", kind="secret", partner_id=self.contact.id)
        for card in (
            today.get_caller_card(self.contact.id),
            today.get_caller_card(False, self.lead.id),
        ):
            self.assertEqual(len(card["questions"]), 3)
            self.assertIn(
                "What should be better for you afterwards?", card["questions"]
            )
            self.assertNotIn("dog", str(card))
