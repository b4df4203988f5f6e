# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .feedback_common import MONDAY, FeedbackCase


@tagged("post_install", "-at_install")
class TestTrustFeedback(FeedbackCase):
    """Asking: who, when, about what, and who is skipped."""

    # THE REQUEST

    def test_request(self):
        """F1: one request with its mail in the queue, in the person's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.person.lang = "zh_CN"
        template = self.env.ref("trust_crm.mail_template_feedback_request")
        template.with_context(lang="zh_CN").subject = "您觉得我们怎么样？"
        request = self.ask()
        self.assertEqual((request.state, request.scope), ("sent", "relationship"))
        self.assertEqual(request.user_id, self.seller)
        self.assertEqual(request.date_expiry, MONDAY + timedelta(days=30))
        mail = self.mails(request)
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.person)
        self.assertEqual(mail.subject, "您觉得我们怎么样？")
        self.assertTrue(mail.auto_delete)

    def test_link_is_not_stored(self):
        """F1, T6: no column holds the token; the mail gets it as it leaves."""
        request = self.ask()
        token = request._get_token()
        mail = self.mails(request)
        self.assertNotIn(token, mail.body_html)
        self.assertNotIn(token, str(mail.mail_message_id.body))
        self.assertNotIn(token, str(request.read()))
        self.assertNotIn(token, str(request.message_ids.mapped("body")))
        self.assertIn(f"/trust/feedback/{token}", mail._prepare_outgoing_body())

    def test_link_goes_to_the_customer_only(self):
        """T6: in a mail to anybody else there is no working link."""
        request = self.ask()
        token = request._get_token()
        for values in (
            {"recipient_ids": [(4, self.seller.partner_id.id)]},
            {"recipient_ids": [(6, 0, self.seller.partner_id.ids)]},
            {"email_to": "spy@example.com"},
            {"email_cc": "spy@example.com"},
        ):
            mail = self.mails(request)[-1:].copy(values)
            self.assertNotIn(token, mail._prepare_outgoing_body())

    def test_about_an_encounter(self):
        """F2: about a meeting, apart from the whole relationship; its user answers."""
        meeting = self.env["calendar.event"].create(
            {
                "name": "Roof inspection",
                "user_id": self.manager.id,
                "start": MONDAY,
                "stop": MONDAY + timedelta(hours=1),
            }
        )
        request = self.ask(about=meeting)
        self.assertEqual((request.scope, request.user_id), ("encounter", self.manager))
        self.assertIn("Roof inspection", request.about_name)
        self.assertIn("Roof inspection", str(self.mails(request).body_html))
        self.answer(request, overall=5)
        rows = self.evidence.search([("source_model", "=", "trust.feedback")])
        self.assertEqual(rows.user_id, self.manager)
        meeting.unlink()
        request.invalidate_recordset()
        self.assertFalse(request.about_name)

    def test_yearly_questions(self):
        """F2: expectation and obligation are asked again a year after the answer."""
        first = self.ask()
        self.assertTrue(first.asks_yearly)
        self.assertIn("expected_empathy", first._get_asked())
        unanswered = self.ask(days=31)
        self.assertTrue(unanswered.asks_yearly, "asked, never told")
        self.answer(unanswered, days=31, overall=4)
        later = self.ask(days=70)
        self.assertFalse(later.asks_yearly)
        self.assertNotIn("obliged", later._get_asked())
        self.assertFalse(self.ask(kind="recovery", days=71).asks_yearly)
        self.assertTrue(self.ask(days=31 + 366).asks_yearly)

    # SKIPS

    def test_one_wait_for_all_kinds(self):
        """F5: 30 days for every kind; a recovery pulse does not wait, but restarts."""
        self.ask()
        for kind in ("pulse", "campaign"):
            skipped = self.ask(kind=kind, days=29)
            self.assertEqual(
                (skipped.state, skipped.skip_reason), ("skipped", "wait"), kind
            )
            self.assertFalse(self.mails(skipped))
        self.assertEqual(self.ask(kind="recovery", days=29).state, "sent")
        self.assertEqual(self.ask(days=31).skip_reason, "wait", "restarted on day 29")
        self.assertEqual(self.ask(days=59).state, "sent")

    def test_wait_is_the_person_s(self):
        """F5: the same address at another contact, and another company, waits too."""
        self.ask()
        twin = self.person.copy({"email": "Mara@Lind.example"})
        self.assertEqual(self.ask(twin, days=1).skip_reason, "wait")
        branch = self.env["res.company"].create({"name": "Branch"})
        request = self.env["trust.feedback"].with_company(branch).sudo()
        with self.at(days=1):
            self.assertEqual(request._request(self.person, "pulse").skip_reason, "wait")

    def test_wait_is_the_company_s_choice(self):
        """F5: the wait is a setting; none means none."""
        self.company.trust_feedback_wait_days = 0
        self.assertEqual([self.ask().state for _i in range(2)], ["sent", "sent"])

    @mute_logger("odoo.sql_db")
    def test_two_at_the_same_moment(self):
        """F5: who asks in parallel meets the unique index, and skips."""
        asked = self.ask()
        values = {
            "partner_id": self.person.id,
            "company_id": self.company.id,
            "kind": "pulse",
            "state": "sent",
            "wait_key": asked.wait_key,
        }
        with self.assertRaises(psycopg2.errors.UniqueViolation):
            with self.env.cr.savepoint():
                self.requests.create(values)
        with self.at():
            self.assertFalse(self.requests._create_sent(values, self.company))

    def test_who_is_skipped(self):
        """F5, F6: archived, opted out, blacklisted, without address, one of us."""
        self.env["mail.blacklist"]._add("black@lind.example")
        people = {
            "archived": {"active": False},
            "opted_out": {"trust_scoring": "never"},
            "blacklisted": {"email": "Black@lind.example"},
            "no_email": {"email": False},
        }
        for reason, values in people.items():
            person = self.person.copy({"email": f"{reason}@lind.example", **values})
            person.write(values)
            self.assertEqual(self.ask(person).skip_reason, reason)
        self.assertEqual(self.ask(self.manager.partner_id).skip_reason, "colleague")
        quiet = self.person.copy({"email": "quiet@lind.example"})
        quiet.trust_no_contact = True
        self.assertEqual(self.ask(quiet).skip_reason, "opted_out")
        self.assertEqual(self.ask(quiet, kind="recovery").state, "sent", "a complaint")

    # THE END OF A LINK

    def test_archive_merge_erase(self):
        """T6: the links of a person who is archived, merged or deleted are dead."""
        people = [self.person.copy({"email": f"p{i}@lind.example"}) for i in range(3)]
        given = [self.ask(person) for person in people]
        tokens = [request._get_token() for request in given]
        with self.at(days=1):
            for request, token in zip(given, tokens, strict=True):
                self.assertEqual(self.requests._find_by_token(token), request)
            people[0].action_archive()
            merge = self.env["base.partner.merge.automatic.wizard"].create({})
            merge._merge((people[1] | self.person).ids, self.person)
            people[2].unlink()
            self.env.invalidate_all()
            for request, token in zip(given, tokens, strict=True):
                self.assertFalse(self.requests._find_by_token(token))
                self.assertEqual(request.state, "expired")
            people[0].action_unarchive()
            self.assertFalse(self.requests._find_by_token(tokens[0]), "for good")
        reasons = [request.end_reason for request in given]
        self.assertEqual(reasons, ["archived", "merged", "erased"])
        self.assertEqual(given[1].partner_id, self.person, "the history moves along")
        self.assertEqual(self.mails(given[0]).state, "cancel")

    def test_expiry(self):
        """T6: a link closes at its moment, before any job ran."""
        request = self.ask()
        token = request._get_token()
        with self.at(days=29, hours=23):
            self.assertEqual(self.requests._find_by_token(token), request)
        with self.at(days=30):
            self.assertFalse(self.requests._find_by_token(token))
            over = [("state", "=", "sent"), ("date_expiry", "<=", MONDAY)]
            self.assertFalse(self.requests.search(over))
            with self.enter_registry_test_mode():
                cron = self.env.ref("trust_crm.ir_cron_trust_feedback_expire")
                cron.method_direct_trigger()
        request.invalidate_recordset()
        self.assertEqual((request.state, request.end_reason), ("expired", "time"))

    # RIGHTS

    def test_nobody_writes_feedback(self):
        """A1, F1: no role makes, changes or deletes an answer by RPC or import."""
        request = self.asked(overall=2)
        for user in (self.seller, self.manager, self.administrator):
            feedback = request.with_user(user)
            self.assertEqual(feedback.overall, 2)
            for attempt in (
                lambda f=feedback: f.write({"overall": 5}),
                lambda f=feedback: f.create({"company_id": 1, "state": "answered"}),
                lambda f=feedback: f.unlink(),
                lambda f=feedback: (
                    f.load([".id", "overall"], [[str(f.id), "5"]])
                    and f.check_access("write")
                ),
            ):
                with self.assertRaises(AccessError):
                    attempt()
        self.assertEqual(request.overall, 2)
        with self.assertRaises(AccessError):
            request.with_user(self.manager).read(["nonce"])

    def test_own_customers(self):
        """A1: one's own and one's customers'; all; none without the group."""
        request = self.asked(overall=4)
        for user, sees in (
            (self.seller, True),
            (self.all_seller, True),
            (self.privacy, True),
            (self._new_user("other", "trust_crm.group_trust_user"), False),
        ):
            found = self.env["trust.feedback"].with_user(user).search([])
            self.assertEqual(request in found, sees, user.name)
        with self.assertRaises(AccessError):
            self.env["trust.feedback"].with_user(self.outsider).search([])

    def test_no_ranking(self):
        """P6: feedback is not counted by employee."""
        self.asked(overall=4)
        feedback = self.env["trust.feedback"].with_user(self.manager)
        for path in ("user_id", "told_by_id", "partner_id.user_id"):
            with self.assertRaises(AccessError, msg=path):
                feedback._read_group([], [path], ["overall:avg"])
        self.assertFalse(feedback.fields_get(["user_id"])["user_id"]["groupable"])
