# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .feedback_common import FeedbackCase


@tagged("post_install", "-at_install")
class TestDigest(FeedbackCase):
    """What the periodic mail says of trust."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env["digest.digest"].create(
            {
                "name": "Weekly",
                "company_id": cls.company.id,
                "kpi_trust_promises": True,
                "kpi_trust_recovered": True,
                "kpi_trust_closer": True,
                "kpi_trust_further": True,
            }
        )

    def _figures(self, user):
        """Return ``{figure: what the last 7 days say to the user}``."""
        kpis = self.digest._compute_kpis(self.company, user)
        return {kpi["kpi_name"]: kpi["kpi_col2"]["value"] for kpi in kpis}

    def _promise(self, keeper, days_ago, state):
        promise = self.env["trust.promise"].create(
            {
                "name": "Call back",
                "partner_id": self.customer.id,
                "user_id": keeper.id,
                "date_deadline": fields.Date.today() + timedelta(days=1),
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE trust_promise SET state = %s, date_deadline = %s WHERE id = %s",
            [state, fields.Date.today() - timedelta(days=days_ago), promise.id],
        )
        self.env.invalidate_all()
        return promise

    def test_promises(self):
        """I8: the share of promises due in the span that were kept in time."""
        for state in ("kept", "kept", "kept", "broken"):
            self._promise(self.manager, 3, state)
        self._promise(self.manager, 20, "broken")
        self.assertEqual(self._figures(self.manager)["kpi_trust_promises"], "75 %")

    def test_no_promise_was_due(self):
        """I8: then there is no share to tell; 0 % would say that all were broken."""
        self._promise(self.manager, 3, "open")
        self.assertEqual(self._figures(self.manager)["kpi_trust_promises"], "–")
        self._promise(self.manager, 3, "broken")
        kpis = self.digest._compute_kpis(self.company, self.manager)
        [kpi] = [kpi for kpi in kpis if kpi["kpi_name"] == "kpi_trust_promises"]
        shown = [kpi[f"kpi_col{number}"]["value"] for number in (1, 2, 3)]
        self.assertEqual(shown, ["–", "0 %", "0 %"])

    def test_read_outside_a_mail(self):
        """I8: who opens or exports a digest reads its figures without any span."""
        self._promise(self.manager, 3, "kept")
        digest = self.digest.with_user(self.manager)
        self.assertEqual(digest.kpi_trust_promises_value, 100)
        self.assertEqual(digest.kpi_trust_closer_value, 0)

    def test_recovered(self):
        """I8: complaints after which the customer said that trust came back."""
        asked = (
            self.env["trust.feedback"]
            .sudo()
            .create(
                [
                    {
                        "partner_id": self.customer.id,
                        "company_id": self.company.id,
                        "kind": "recovery",
                        "state": "answered",
                        "overall": score,
                        "date_answered": self.now - timedelta(days=2),
                    }
                    for score in (5, 4, 3, 1)
                ]
            )
        )
        self.assertEqual(len(asked), 4)
        self.assertEqual(self._figures(self.manager)["kpi_trust_recovered"], 2)

    def _tell_history(self, partner, *shown):
        """Let the history of a customer be ``(days ago, index)`` and nothing else."""
        relationship = self._relationship(partner)
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM trust_snapshot WHERE relationship_id = %s", [relationship.id]
        )
        for days, index in shown:
            self.env.cr.execute(
                """INSERT INTO trust_snapshot
                          (relationship_id, company_id, date, trust_index)
                   VALUES (%s, %s, %s, %s)""",
                [
                    relationship.id,
                    self.company.id,
                    self.now - timedelta(days=days),
                    index,
                ],
            )
        self.env.invalidate_all()

    def test_movers(self):
        """I8: customers who moved by five points; whom nobody knew did not move."""
        newcomer = self.env["res.partner"].create({"name": "Newcomer"})
        self._tell_history(self.customer, (20, 50.0), (5, 54.0), (3, 55.0))
        self._tell_history(self.other_customer, (20, 50.0), (3, 44.0))
        self._tell_history(newcomer, (1, 80.0))
        figures = self._figures(self.manager)
        self.assertEqual(figures["kpi_trust_closer"], 1)
        self.assertEqual(figures["kpi_trust_further"], 1)

    def test_own_customers_only(self):
        """I8: a seller's mail counts what the seller may see."""
        self.customer.user_id = self.manager
        self._promise(self.manager, 3, "broken")
        self.assertEqual(self._figures(self.manager)["kpi_trust_promises"], "0 %")
        self._promise(self.seller, 3, "kept")
        self.assertEqual(self._figures(self.seller)["kpi_trust_promises"], "100 %")

    def test_without_the_group(self):
        """I8, C5: who has no right to trust gets the mail as before."""
        self.assertFalse(self._figures(self.outsider))
        self.digest.user_ids = self.outsider | self.manager
        self.digest.action_send_manual()
        mails = self.env["mail.mail"].search(
            [("email_to", "in", self.digest.user_ids.mapped("email_formatted"))]
        )
        bodies = {mail.email_to: mail.body_html for mail in mails}
        self.assertIn("Trust Rose", bodies[self.manager.email_formatted])
        self.assertNotIn("Trust Rose", bodies[self.outsider.email_formatted])
