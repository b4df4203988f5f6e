# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import UserError
from odoo.tests import tagged

from .experiment_common import THANKS, ExperimentCase


@tagged("post_install", "-at_install")
class TestMotivator(ExperimentCase):
    """The library of what might delight."""

    def test_shipped(self):
        """I6: eight ideas for customers and eight for employees, each to be done."""
        found = self.env["trust.motivator"]._read_group(
            [("id", "in", self._shipped().ids)], ["audience"], ["__count"]
        )
        self.assertEqual(dict(found), {"customer": 8, "employee": 8})
        self.assertTrue(all(len(m.description) > 40 for m in self._shipped()))

    def _shipped(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "trust_crm"), ("model", "=", "trust.motivator")]
        )
        return self.env["trust.motivator"].browse(data.mapped("res_id"))

    def test_used_is_archived(self):
        """I6: what has experiments is archived, not deleted; what has none may go."""
        motivator = self.env.ref(THANKS).with_user(self.manager)
        copy = motivator.copy()
        self.assertIn("(copy)", copy.name)
        copy.unlink()
        self.experiment(2)
        with self.assertRaisesRegex(UserError, "archived"):
            motivator.unlink()
        motivator.active = False
        self.assertEqual(motivator.experiment_count, 1)

    def test_its_experiments(self):
        """I6: the motivator leads to its experiments, and the next one is about it."""
        motivator = self.env.ref(THANKS)
        experiment = self.experiment(2)
        action = motivator.action_open_experiments()
        self.assertIn(experiment, self.experiments.search(action["domain"]))
        self.assertEqual(action["context"]["default_motivator_id"], motivator.id)
