# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .memory_common import XSS, MemoryCase


@tagged("post_install", "-at_install")
class TestTrustMemory(MemoryCase):
    """H4: notes about a person, and who reads them."""

    def readers(self, memory):
        """Who reads the words, by the door of the list and that of the record."""
        found = set()
        for user in self.everybody:
            self.env.invalidate_all()
            seen = memory.with_user(user)
            try:
                listed = seen.search([("id", "=", memory.id)])
                words = seen.text
            except AccessError:
                listed = words = None
            self.assertEqual(bool(listed), bool(words), user.login)
            found |= {user} if words else set()
        return found

    def test_off_until_a_ground_is_recorded(self):
        """H4: no note, day or interest without a ground; it says what to do."""
        for make in (
            lambda: self.memory(self.stranger),
            lambda: self.occasion(self.stranger),
            lambda: self.stranger.write({"trust_interest_ids": self.sailing.ids}),
        ):
            with self.assertRaises(ValidationError) as caught:
                make()
            self.assertIn("Record a ground", str(caught.exception))
        self.ground(self.stranger, purpose="memory")
        self.assertTrue(self.memory(self.stranger))
        with self.assertRaises(ValidationError):
            self.occasion(self.stranger)

    def test_people_only(self):
        """H4: about people, not about companies and not about colleagues."""
        for partner in (self.customer, self.seller.partner_id):
            with self.assertRaises(UserError):
                self.ground(partner)
            with self.assertRaises(UserError):
                self.memory(partner)

    def test_normal(self):
        """H4: who looks after the person reads it."""
        memory = self.memory()
        self.assertEqual(
            self.readers(memory),
            {self.seller, self.all_seller, self.manager, self.administrator},
        )

    def test_sensitive(self):
        """H4: the author, the salesperson and the list; no manager."""
        memory = self.memory(
            user=self.all_seller,
            sensitivity="sensitive",
            sharing_ids=self.colleague.ids,
        )
        self.assertEqual(
            self.readers(memory), {self.seller, self.all_seller, self.colleague}
        )

    def test_in_confidence(self):
        """H4: the author and the list, nobody else: not the salesperson either."""
        memory = self.memory(
            user=self.all_seller,
            sensitivity="confidence",
            sharing_ids=self.colleague.ids,
        )
        self.assertEqual(self.readers(memory), {self.all_seller, self.colleague})

    def test_only_the_author_opens_it(self):
        """H4: who may read it cannot show it to others, or take it over."""
        memory = self.memory(sensitivity="confidence", sharing_ids=self.colleague.ids)
        seen = memory.with_user(self.colleague)
        for vals in (
            {"sensitivity": "normal"},
            {"sharing_ids": self.manager.ids},
            {"text": "Something else"},
            {"partner_id": self.friend.id},
            {"user_id": self.colleague.id},
            {"lapsed": False},
        ):
            with self.subTest(vals), self.assertRaises(UserError):  # or AccessError
                seen.write(vals)
        with self.assertRaises(UserError):
            seen.unlink()
        normal = self.memory().with_user(self.manager)
        normal.text = "Corrected"
        with self.assertRaises(UserError):
            normal.sensitivity = "confidence"
        made = self.memory(user_id=self.manager.id)
        self.assertEqual(made.user_id, self.seller, "nobody writes in another's name")

    def test_sharing_list(self):
        """H4: who left, or does not use Trust, cannot be on it; nothing is lost."""
        gone = self._new_user("gone", "trust_crm.group_trust_user")
        memory = self.memory(sensitivity="confidence", sharing_ids=gone.ids)
        gone.active = False
        memory.with_user(self.seller).text = "Still to be edited"
        with self.assertRaises(ValidationError) as caught:
            self.memory(sensitivity="confidence", sharing_ids=gone.ids)
        self.assertIn("gone has left", str(caught.exception))
        with self.assertRaises(ValidationError):
            self.memory(sharing_ids=self.outsider.ids)

    def test_text_is_text(self):
        """H4: a script is kept as it was typed; nothing but blanks is no note."""
        self.assertEqual(self.memory(text=XSS).text, XSS)
        with self.assertRaises(ValidationError):
            self.memory(text="  \n")
        with self.assertRaises(ValidationError):
            self.memory(date=fields.Date.today() + timedelta(days=3))

    def test_form(self):
        """H4: written where one is, on the page of the person."""
        form = Form(self.env["trust.memory"].with_user(self.seller))
        form.partner_id = self.person
        form.text = "Collects stamps"
        self.assertEqual(form.save().user_id, self.seller)

    # THE LEDGER

    def facts(self):
        return self.env["trust.evidence"].search(
            [
                ("signal_id.code", "=", "confidence_shared"),
                ("partner_id", "=", self.person.id),
                ("state", "=", "live"),
            ]
        )

    def test_evidence_does_not_quote(self):
        """H4: the fact counts; it names no note, no word and no way to either."""
        memory = self.memory(text="Is ill", sensitivity="confidence")
        fact = self.facts()
        self.assertEqual(fact.user_id, self.seller)
        self.assertFalse(fact.note or fact.source_model or fact.source_id)
        row = fact.read()[0]
        self.assertNotIn("ill", str(row))
        self.assertEqual(len(fact.source_key), 32, "drawn, not made from the note")
        memory.with_user(self.seller).write({"text": "Is well", "kind": "family"})
        self.assertEqual(self.facts(), fact)

    def test_evidence_taken_back(self):
        """H4: not in confidence after all, or deleted: then it does not count."""
        memory = self.memory(sensitivity="confidence").with_user(self.seller)
        memory.sensitivity = "normal"
        self.assertFalse(self.facts())
        memory.sensitivity = "confidence"
        self.assertEqual(len(self.facts()), 1)
        memory.unlink()
        self.assertFalse(self.facts())

    def test_evidence_outlives_the_words(self):
        """H4: removed with its ground, the words are gone and the fact stays."""
        self.memory(sensitivity="confidence")
        self.person.trust_consent_ids.action_withdraw()
        self.remove_lapsed()
        self.assertFalse(self.env["trust.memory"].sudo().search(self.about()))
        self.assertEqual(len(self.facts()), 1)

    # INTERESTS

    def test_own_interests(self):
        """R4, H9: employees enter their own, which need no ground; they have it in
        common with the customer."""
        me = self.seller.with_user(self.seller)
        me.write({"trust_interest_ids": [(6, 0, (self.sailing | self.chess).ids)]})
        self.assertEqual(me.trust_interest_ids, self.sailing | self.chess)
        with self.assertRaises(AccessError):
            self.manager.with_user(self.seller).write(
                {"trust_interest_ids": self.sailing.ids}
            )
        with self.assertRaises(AccessError):
            outsider = self.outsider.with_user(self.outsider)
            outsider.write({"trust_interest_ids": self.sailing.ids})
        self.person.write({"trust_interest_ids": self.sailing.ids})
        self._record(self.person, "promise_kept", user_id=self.seller.id)
        self._drain()
        bond = self._relationship(self.person).bond_ids
        self.assertAlmostEqual(bond.similarity, 0.5)

    def test_topics(self):
        """H10: interests give something to talk about."""
        self.person.write({"trust_interest_ids": self.sailing.ids})
        today = self.env["trust.today"].with_user(self.seller)
        topics = today._get_topics(self.person | self.friend)
        self.assertEqual(topics[self.person.id][:1], ["Sailing at night"])
        self.assertNotIn("Sailing at night", topics[self.friend.id])
