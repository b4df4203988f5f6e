# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command, api, fields, models

# Days ago; how it felt to those who were called, and to the others.
CALLED, BEGUN = 150, 12
TALKED, DELIVERED = 110, 135
WITH = (("joyful", 5), ("joyful", 4), ("grateful", 5), ("joyful", 5), ("grateful", 4))
WITHOUT = (
    ("worried", 3),
    ("ignored", 3),
    ("worried", 2),
    ("worried", 3),
    ("ignored", 2),
)
SAID_YES = ("user_nora", "user_ida", "user_jonas", "user_mei")


class TrustDemo(models.AbstractModel):
    """Experiments of the story: one is done, one runs, one asks the colleagues.

    They run through the code of the buttons and the clock, on days that are past.
    """

    _inherit = "trust.demo"

    @api.model
    def _tell_experiments(self):
        teller = self.sudo().with_context(**self._quiet())
        teller._tell_experiment_done()
        teller._tell_experiment_running()
        teller._tell_experiment_asking()

    def _prepare_experiment(self, motivator, **values):
        return {
            "motivator_id": self.env.ref(f"trust_crm.motivator_{motivator}").id,
            "user_id": self.env.ref("base.user_admin").id,
            **values,
        }

    def _start_experiment(self, days_ago, **values):
        """Start one of customers so many days ago, as its button does."""
        now = fields.Datetime.now() - timedelta(days=days_ago)
        experiment = self.env["trust.experiment"].create(values)
        self._backdate(experiment, now)
        experiment._start(now)
        return experiment

    def _tell_experiment_done(self):
        """Five were called without an offer; how talks felt in the two months after."""
        talks = self._tell_talks()
        experiment = self._start_experiment(
            CALLED,
            **self._prepare_experiment(
                "call",
                name="A call without an offer: people enjoy the next talk more",
                measure="feelings",
                spread=1.5,
                difference=2.7,
            ),
        )
        for arm, felt in (("treated", WITH), ("control", WITHOUT)):
            drawn = experiment.trial_ids.filtered(lambda t, arm=arm: t.arm == arm)
            for trial, (feeling, strength) in zip(drawn, felt, strict=True):
                talks[trial.partner_id].feeling_ids = [
                    Command.create(self._prepare_felt(feeling, strength, "after"))
                ]
        self._tell_delivered(experiment, 4, DELIVERED)
        self.env["trust.queue"]._drain()
        ended = experiment.date_end + timedelta(hours=5)
        experiment._conclude(ended)

    def _tell_talks(self):
        """One talk with each customer whom we can judge; ``{customer: encounter}``."""
        known = self.env["trust.relationship"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("is_commercial", "=", True),
                ("partner_id", "!=", False),
                ("thin", "=", False),
            ]
        )
        date = fields.Datetime.now() - timedelta(days=TALKED)
        before = self._prepare_felt("hopeful", 2, "before")
        talks = self.env["trust.encounter"].create(
            [
                {
                    "partner_id": partner.id,
                    "user_id": (partner.user_id or self.env.user).id,
                    "date": date,
                    "asked": "4",
                    "pitched": "1",
                    "feeling_ids": [Command.create(before)],
                }
                for partner in known.partner_id
            ]
        )
        self._backdate(talks, date)
        return {talk.partner_id: talk for talk in talks}

    def _tell_experiment_running(self):
        experiment = self._start_experiment(
            BEGUN,
            **self._prepare_experiment(
                "knowledge",
                name="Knowing something useful for them builds trust",
                difference=20,
            ),
        )
        self._tell_delivered(experiment, 2, BEGUN - 3)

    def _tell_delivered(self, experiment, count, days_ago):
        """So many deliveries were ticked off, so many days ago."""
        date = fields.Datetime.now() - timedelta(days=days_ago)
        trials = experiment.trial_ids.filtered("activity_id")[:count]
        for activity in trials.activity_id:
            message = self.env["mail.message"].browse(
                activity.with_user(activity.user_id).sudo().action_feedback()
            )
            self._backdate(message, date, "date")
        self._backdate(trials.activity_id, date, "date_done")
        trials.date_delivered = date

    def _tell_experiment_asking(self):
        """Colleagues of the workshop and the office are asked; some have answered."""
        experiment = self.env["trust.experiment"].create(
            self._prepare_experiment(
                "read",
                name="Hearing what customers say in thanks changes how we meet them",
                unit="employee",
                measure="feedback",
                difference=2,
            )
        )
        experiment.action_ask()
        for name in SAID_YES:
            user = self._find("trust_crm", name)
            mine = experiment.trial_ids.filtered(lambda t, u=user: t.user_id == u)
            mine.with_user(user).action_accept()
