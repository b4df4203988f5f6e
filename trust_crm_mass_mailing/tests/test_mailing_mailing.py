# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import Command
from odoo.tests import tagged

from .common import MailingCase


@tagged("post_install", "-at_install")
class TestMailing(MailingCase):
    """H12: who would mind is told before, and left out when it is sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quiet = cls.env["res.partner"].create(
            {"name": "Quiet", "email": "quiet@example.com", "trust_no_contact": True}
        )
        cls.glad = cls.env["res.partner"].create(
            {"name": "Glad", "email": "glad@example.com"}
        )
        cls.nameless = cls.env["res.partner"].create({"name": "No address"})
        cls.people = cls.contact | cls.quiet | cls.glad | cls.nameless
        cls.draft = cls._mailing(mailing_domain=repr([("id", "in", cls.people.ids)]))

    def assertCounts(self, mailing, complaining, unwilling):
        self.assertEqual(mailing.trust_complaining_count, complaining)
        self.assertEqual(mailing.trust_no_contact_count, unwilling)

    def test_warned(self):
        """H12: how many have a complaint open, their whole company; how many want no
        contact."""
        self.assertCounts(self.draft, 0, 1)
        complaint = self._complain()
        self.draft.invalidate_recordset()
        self.assertCounts(self.draft, 1, 1)
        self._leave(complaint, 0)
        self.draft.invalidate_recordset()
        self.assertCounts(self.draft, 0, 1)

    def test_left_out_when_it_is_sent(self):
        """H12: a wish and a complaint of the same day count, after the button too."""
        self.assertEqual(set(self.draft._get_recipients()), set(self.people.ids))
        self.draft.action_trust_leave_out()
        self._complain()
        self.glad.trust_no_contact = True
        self.assertEqual(self.draft._get_recipients(), self.nameless.ids)
        self.draft.action_trust_send_all()
        self.assertEqual(set(self.draft._get_recipients()), set(self.people.ids))

    def test_sent(self):
        """H12: they have no trace of it."""
        self._complain()
        self.draft.action_trust_leave_out()
        self.draft.with_user(self.env.ref("base.user_admin")).action_send_mail()
        reached = self.draft.mailing_trace_ids.filtered(
            lambda trace: trace.trace_status != "cancel"
        )
        self.assertEqual(reached.mapped("email"), [self.glad.email])

    def test_list(self):
        """H12: on mailing lists they are known by their address."""
        members = self.env["mailing.contact"].create(
            [{"name": p.name, "email": p.email} for p in self.quiet | self.glad]
        )
        news = self.env["mailing.list"].create(
            {"name": "News", "contact_ids": [Command.set(members.ids)]}
        )
        mailing = self._mailing("mailing.list", contact_list_ids=news.ids)
        self.assertCounts(mailing, 0, 1)
        mailing.action_trust_leave_out()
        self.assertEqual(mailing._get_recipients(), members[1].ids)

    def test_leads(self):
        """H12: so are opportunities."""
        leads = self.env["crm.lead"].create(
            [{"name": p.name, "partner_id": p.id} for p in self.quiet | self.glad]
        )
        mailing = self._mailing(
            "crm.lead", mailing_domain=repr([("id", "in", leads.ids)])
        )
        self.assertCounts(mailing, 0, 1)
        mailing.action_trust_leave_out()
        self.assertEqual(mailing._get_recipients(), leads[1].ids)

    def test_for_whom(self):
        """A2: without the trust group the form is Odoo's; what others chose holds."""
        self.outsider.group_ids += self.env.ref("mass_mailing.group_mass_mailing_user")
        fields = self.draft.with_user(self.outsider).fields_get()
        self.assertFalse([name for name in fields if name.startswith("trust_")])
        view = self.env["mailing.mailing"].with_user(self.outsider).get_view()
        self.assertNotIn("trust_", view["arch"])
        self.draft.action_trust_leave_out()
        recipients = self.draft.with_user(self.outsider)._get_recipients()
        self.assertNotIn(self.quiet.id, recipients)
