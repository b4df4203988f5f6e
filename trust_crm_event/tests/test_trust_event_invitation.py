# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import EventCase


@tagged("post_install", "-at_install")
class TestInvitation(EventCase):
    """H12: one mail to each person and event, its answer, and who sees it."""

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
