# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command
from odoo.tests import new_test_user

from ..tools import experiment as rules
from .common import TrustCase

THANKS = "trust_crm.motivator_thanks"
READ_ALOUD = "trust_crm.motivator_read"


class ExperimentCase(TrustCase):
    """Customers who can be judged, colleagues who can be asked, and small halves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.experiments = cls.env["trust.experiment"].with_user(cls.manager)
        cls.trials = cls.env["trust.experiment.trial"].sudo()
        cls.team = cls.env["crm.team"].create(
            {"name": "Delight", "user_id": cls.seller.id}
        )

    @classmethod
    def customers(cls, count):
        """So many customers of the seller's, each with a score."""
        people = cls.env["res.partner"].create(
            [
                {"name": f"Guest {number}", "user_id": cls.seller.id}
                for number in range(count)
            ]
        )
        for person in people:
            cls._record(person, "promise_kept", days_ago=9)
            cls._record(person, "referral", days_ago=8)
        cls._drain()
        return people

    @classmethod
    def experiment(cls, size=3, **values):
        """A draft about the seller's customers, so that few are enough."""
        made = cls.experiments.create(
            {
                "name": "A line of thanks counts",
                "motivator_id": cls.env.ref(THANKS).id,
                "team_id": cls.team.id,
                "spread": 1,
                "difference": cls.difference(size),
                "window_days": 30,
                **values,
            }
        )
        assert made.size == size, made.size
        return made

    @staticmethod
    def difference(size):
        """The smallest difference that takes so many at a spread of one."""
        return next(
            step / 100 for step in range(10, 500) if rules.size(step / 100, 1) <= size
        )

    def start(self, experiment, days_ago=40):
        """Start it as the button does, but so many days ago."""
        experiment.sudo()._start(self.now - timedelta(days=days_ago))
        return self.arms(experiment)

    @staticmethod
    def arms(experiment):
        trials = experiment.sudo().trial_ids
        return (
            trials.filtered(lambda trial: trial.arm == "treated"),
            trials.filtered(lambda trial: trial.arm == "control"),
        )

    def conclude(self, experiment):
        self._drain()
        experiment.sudo()._conclude(self.now)
        experiment.invalidate_recordset()

    # EMPLOYEES

    @classmethod
    def colleagues(cls, count):
        users = cls.env["res.users"]
        for number in range(count):
            users |= new_test_user(
                cls.env,
                login=f"trust_colleague_{number}",
                groups="trust_crm.group_trust_user",
            )
        return users

    @classmethod
    def with_employees(cls, users, **values):
        return cls.experiment(
            5,
            unit="employee",
            motivator_id=cls.env.ref(READ_ALOUD).id,
            team_id=False,
            user_ids=[Command.set(users.ids)],
            measure="feedback",
            **values,
        )

    def trial_of(self, experiment, user):
        return self.trials.search(
            [("experiment_id", "=", experiment.id), ("user_id", "=", user.id)]
        ).with_user(user)

    def asked(self, users, yes=None):
        """An experiment that asks ``users``; those of ``yes`` (all) take part."""
        experiment = self.with_employees(users)
        experiment.action_ask()
        for user in users if yes is None else yes:
            self.trial_of(experiment, user).action_accept()
        return experiment

    def rate(self, user, overall, days_ago=20):
        """What a customer gave for that colleague."""
        self.env["trust.feedback"].sudo().create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "user_id": user.id,
                "state": "answered",
                "overall": overall,
                "date_answered": self.now - timedelta(days=days_ago),
            }
        )
