# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import EventCase


@tagged("post_install", "-at_install")
class TestInvite(EventCase):
    """H12: choose, look at each and why, send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sailing, cls.chess = cls.env["trust.interest"].create(
            [{"name": "Test sailing"}, {"name": "Test chess"}]
        )

    def _wizard(self, user=None, **values):
        wizards = self.env["trust.event.invite"].with_user(user or self.seller)
        wizard = wizards.create({"event_id": self.event.id, **values})
        wizard.action_list()
        return wizard

    def _chosen(self, user=None, **values):
        return self._wizard(user, **values).line_ids.partner_id

    def _left_out(self, wizard):
        return {line.partner_id: line.left_out for line in wizard.sudo().left_out_ids}

    def _born(self, person, year):
        self.occasion(person, year=year)

    # CHOOSING

    def test_everybody_one_may_see(self):
        """H12: people of my customers, never companies, never those of others."""
        self.assertEqual(
            self._chosen(), self.person | self.friend | self.stranger | self.contact
        )
        self.other_customer.trust_scoring = "always"
        theirs = self.env["res.partner"].create(
            {
                "name": "Theirs",
                "parent_id": self.other_customer.id,
                "email": "theirs@example.com",
            }
        )
        self.other_customer.user_id = self.manager
        self._record(self.other_customer, "promise_kept")
        self._drain()
        self.assertNotIn(theirs, self._chosen())
        self.assertIn(theirs, self._chosen(self.all_seller))

    def test_by_interest(self):
        """H12: who likes it, with the reason; not whom we may not remember."""
        self.person.trust_interest_ids = self.sailing
        self.env.flush_all()
        self.env.cr.execute(  # as if the ground had lapsed
            "INSERT INTO trust_interest_partner_rel VALUES (%s, %s)",
            [self.stranger.id, self.sailing.id],
        )
        self.env.invalidate_all()
        wizard = self._wizard(interest_ids=self.sailing.ids)
        self.assertEqual(wizard.line_ids.partner_id, self.person)
        self.assertIn("likes Test sailing", wizard.line_ids.reason)
        self.assertFalse(self._chosen(interest_ids=self.chess.ids))

    def test_by_circle(self):
        """H12: the circle of the customer, and of the person alone."""
        family = self.env.ref("trust_crm.circle_family")
        self.assertFalse(self._chosen(circle_ids=family.ids))
        self.env.cr.execute(
            "UPDATE trust_relationship SET circle_id = %s WHERE partner_id = %s",
            [family.id, self.customer.id],
        )
        self.env.invalidate_all()
        wizard = self._wizard(circle_ids=family.ids)
        self.assertEqual(wizard.line_ids.partner_id, self.person | self.contact)
        self.assertEqual(set(wizard.line_ids.mapped("reason")), {family.name})

    def test_by_age(self):
        """H12: by the age on the day of the event; who is of unknown age is in no
        band."""
        begin = self.event.date_begin
        for person, years in ((self.person, 40), (self.friend, 60)):
            self.occasion(
                person, year=begin.year - years, month=begin.month, day=begin.day
            )
        self.assertEqual(self._chosen(age_from=40), self.person | self.friend)
        self.assertEqual(self._chosen(age_from=40, age_to=59), self.person)
        self.assertEqual(self._chosen(age_to=39), self.env["res.partner"])
        wizard = self._wizard(age_from=60, age_to=60)
        self.assertIn("60 years", wizard.line_ids.reason)
        for wrong in ({"age_from": -1}, {"age_from": 50, "age_to": 40}):
            with self.assertRaises(ValidationError):
                self._wizard(**wrong)

    def test_ages_of_others_stay_theirs(self):
        """H12: an age that one may not read chooses nobody."""
        self._born(self.person, 1980)
        occasions = self.person.trust_occasion_ids
        self.env["ir.rule"].create(
            {
                "name": "None for the test",
                "model_id": self.env["ir.model"]._get_id("trust.occasion"),
                "domain_force": "[(0, '=', 1)]",
            }
        )
        self.assertTrue(occasions)
        self.assertFalse(self._chosen(age_from=1))

    def test_by_occupation_tag_city_owner(self):
        """H12: and by each of these; one narrows the other."""
        tag = self.env["res.partner.category"].create({"name": "Regulars"})
        self.person.write(
            {"function": "Head Architect", "city": "Kiel", "category_id": tag.ids}
        )
        in_kiel = self.person | self.friend | self.contact  # they share an address
        for values, expected in (
            ({"occupation": " architect "}, self.person),
            ({"category_ids": tag.ids}, self.person),
            ({"city": "kiel"}, in_kiel),
            ({"city": "kiel", "occupation": "architect"}, self.person),
            ({"user_ids": self.manager.ids}, self.person.browse()),
            ({"user_ids": self.seller.ids, "city": "kiel"}, in_kiel),
        ):
            with self.subTest(values):
                self.assertEqual(self._chosen(**values), expected)
        wizard = self._wizard(city="Kiel", occupation="architect")
        self.assertEqual(wizard.line_ids.reason, "Head Architect · Kiel")

    # LEFT OUT

    def test_never_who_asked_not_to_be_contacted(self):
        """H12, H2: they appear nowhere, from the same day; their number does."""
        wizard = self._wizard()
        self.friend.trust_no_contact = True
        wizard.action_send()
        self.assertEqual(wizard.changed_count, 1)
        self.assertNotIn(self.friend, self.event.trust_invitation_ids.partner_id)
        other = self._wizard()
        self.assertEqual(other.unwilling_count, 1)
        named = (other.line_ids | other.left_out_ids).partner_id
        self.assertNotIn(self.friend, named)

    def test_left_out_and_why(self):
        """H12: each for a reason of their own."""
        self.env["mail.blacklist"]._add(self.friend.email)
        self.stranger.email = False
        self.env["trust.complaint"].create(
            {"subject": "It broke", "partner_id": self.customer.id}
        )
        wizard = self._wizard()
        self.assertEqual(
            self._left_out(wizard),
            {
                self.friend: "opted_out",
                self.stranger: "no_email",
                self.person: "complaint",
                self.contact: "complaint",
            },
        )
        with self.assertRaises(UserError):
            wizard.action_send()

    def test_registered_invited_same_address(self):
        """H12: nobody is asked twice, at whatever contact of theirs."""
        self._register(self.person)
        self.contact.email = "FENG@example.com"
        wizard = self._wizard()
        self.assertEqual(
            self._left_out(wizard),
            {self.person: "registered", self.friend: "same_email"},
        )
        wizard.action_send()
        again = self._wizard()
        self.assertEqual(
            self._left_out(again),
            {
                self.person: "registered",
                self.friend: "invited",
                self.contact: "invited",
                self.stranger: "invited",
            },
        )
        self.event.registration_ids.action_cancel()
        self.assertEqual(self._chosen(), self.person)

    def test_unsubscribed(self):
        """H12: whoever asked for no more mailings, as the ledger tells."""
        self._record(self.friend, "opted_out")
        self.assertEqual(self._left_out(self._wizard()), {self.friend: "opted_out"})

    # SENDING

    def test_one_mail_each_in_their_language(self):
        """H12: one mail each, from who pressed Send, with words, day and place."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.person.lang = "fr_FR"
        template = self.env.ref("trust_crm_event.mail_template_event_invitation")
        template.with_context(
            lang="fr_FR"
        ).subject = "Venez: {{ object.event_id.name }}"
        wizard = self._wizard(words="There will be soup.")
        without = wizard.line_ids.filtered(lambda x: x.partner_id == self.stranger)
        without.selected = False
        wizard.action_send()
        invitations = self.event.trust_invitation_ids
        self.assertEqual(
            invitations.partner_id, self.person | self.friend | self.contact
        )
        self.assertEqual(invitations.user_id, self.seller)
        mails = self.env["mail.mail"].search(
            [("model", "=", invitations._name), ("res_id", "in", invitations.ids)]
        )
        self.assertEqual(len(mails), 3)
        self.assertEqual(len(mails.recipient_ids), 3)
        self.assertEqual(set(mails.mapped("author_id")), {self.seller.partner_id})
        venez = mails.filtered(lambda mail: mail.recipient_ids == self.person)
        self.assertEqual(venez.subject, "Venez: Carpenters' evening")
        for mail in mails:
            self.assertIn("There will be soup.", mail.body_html)
            self.assertIn(self.event.date_begin.strftime("%Y"), mail.body_html)
        self.assertEqual(wizard.sent_count, 3)

    def test_exactly_once(self):
        """H12: pressed twice, or from two wizards: one mail to each."""
        first, second = self._wizard(), self._wizard()
        first.action_send()
        for wizard in (first, second):
            with self.subTest(wizard), self.assertRaises(UserError):
                wizard.action_send()
                wizard.action_list()
                self.assertFalse(wizard.line_ids)
                wizard.action_send()
        self.assertEqual(len(self.event.trust_invitation_ids), 4)

    def test_invitation_is_no_contact(self):
        """H1: an invitation is no contact, only who comes was met."""
        self._wizard().action_send()
        self.env["trust.signal"]._collect()
        codes = self.evidence.search(
            [("partner_id", "=", self.friend.id), ("signal_id.is_contact", "=", True)]
        )
        self.assertFalse(codes)

    def test_answer(self):
        """H12: the answer is read from the registrations."""
        self._wizard().action_send()
        invitation = self.event.trust_invitation_ids.filtered(
            lambda one: one.partner_id == self.person
        )
        self.assertEqual(invitation.answer, "none")
        action = invitation.with_user(self.seller).action_register()
        self.assertEqual(action["context"]["default_partner_id"], self.person.id)
        self._register(self.person, state="cancel")
        invitation.invalidate_recordset()
        self.assertEqual(invitation.answer, "cancel")
        self._register(self.person)
        invitation.invalidate_recordset()
        self.assertEqual(invitation.answer, "open")
        with self.assertRaises(UserError):
            invitation.action_register()

    def test_event_is_over(self):
        """H12: nobody is invited to what is over or cancelled."""
        wizard = self._wizard()
        self.event.write(
            {
                "date_begin": self.now - timedelta(days=2),
                "date_end": self.now - timedelta(days=1),
            }
        )
        with self.assertRaises(UserError):
            self.event.action_trust_invite()
        with self.assertRaises(UserError):
            wizard.action_send()

    # RIGHTS

    def test_for_whom(self):
        """A2: without the trust group the event is Odoo's; nobody forges one."""
        self.outsider.group_ids += self.env.ref("event.group_event_user")
        events = self.env["event.event"].with_user(self.outsider)
        self.assertFalse([n for n in events.fields_get() if n.startswith("trust_")])
        self.assertNotIn("trust", events.get_view(view_type="form")["arch"])
        with self.assertRaises(AccessError):
            self._wizard(self.outsider)
        with self.assertRaises(AccessError):
            self.env["trust.event.invitation"].with_user(self.seller).create(
                {"event_id": self.event.id, "partner_id": self.person.id}
            )

    def test_invitations_of_others(self):
        """T4: mine and my customers'; all for who may see all."""
        self.event.user_id = self.manager
        theirs = self.env["trust.event.invitation"].create(
            {
                "event_id": self.event.id,
                "partner_id": self.other_customer.id,
                "user_id": self.manager.id,
            }
        )
        self.assertFalse(theirs.with_user(self.seller)._filtered_access("read"))
        self.assertTrue(theirs.with_user(self.all_seller)._filtered_access("read"))
        count = self.event.with_user(self.seller).trust_invitation_count
        self.assertEqual(count, 0)

    # MERGED

    def test_merged(self):
        """H12: two that are one were invited once; to other events they stay."""
        invitations = self.env["trust.event.invitation"].create(
            [
                {"event_id": event.id, "partner_id": person.id}
                for event, person in (
                    (self.event, self.person),
                    (self.event, self.contact),
                    (self._event(50), self.contact),
                )
            ]
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.person | self.contact).ids, self.person)
        left = invitations.exists()
        self.assertEqual(left, invitations[0] | invitations[2])
        self.assertEqual(left.partner_id, self.person)

    def test_forgotten(self):
        """A5: with the person the invitation goes."""
        self.env["trust.event.invitation"].create(
            {"event_id": self.event.id, "partner_id": self.stranger.id}
        )
        self.stranger.unlink()
        self.assertFalse(self.event.trust_invitation_ids)
