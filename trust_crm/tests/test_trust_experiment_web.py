# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestExperimentWeb(HttpCase):
    """An experiment as people click it."""

    def test_start(self):
        """I6: hypothesis, size and count before, start; then nothing but deliveries."""
        seller = new_test_user(
            self.env, "tour_seller", groups="trust_crm.group_trust_user"
        )
        self.env["crm.team"].create({"name": "Tour Team", "user_id": seller.id})
        people = self.env["res.partner"].create(
            [{"name": f"Guest {n}", "user_id": seller.id} for n in range(8)]
        )
        self.env["trust.evidence"]._record(
            [
                {
                    "signal": signal,
                    "partner_id": person.id,
                    "date": fields.Datetime.now() - timedelta(days=9),
                    "source_key": f"tour-{signal}-{person.id}",
                }
                for person in people
                for signal in ("promise_kept", "referral")
            ]
        )
        self.env.cr.flush()
        self.env["trust.queue"]._drain()
        self.start_tour(
            "/odoo/trust-experiments", "trust_crm_experiment_start", login="admin"
        )
        experiment = self.env["trust.experiment"].search([("size", "=", 4)], limit=1)
        self.assertEqual(experiment.state, "running")
        self.assertEqual(experiment.trial_ids.partner_id, people)

    def test_invited(self):
        """I6: a colleague reads what it means and says yes."""
        users = self.env["res.users"]
        for number in range(10):
            users |= new_test_user(
                self.env,
                f"tour_colleague_{number}",
                groups="trust_crm.group_trust_user",
            )
        experiment = self.env["trust.experiment"].create(
            {
                "name": "Thanks change us",
                "motivator_id": self.env.ref("trust_crm.motivator_read").id,
                "unit": "employee",
                "user_ids": [Command.set(users.ids)],
                "measure": "feedback",
                "difference": 2,
                "spread": 1,
            }
        )
        experiment.action_ask()
        self.start_tour(
            "/odoo/trust-invitations",
            "trust_crm_experiment_invited",
            login="tour_colleague_3",
        )
        trial = experiment.trial_ids.filtered(lambda t: t.user_id == users[3])
        self.assertEqual(trial.answer, "yes")
