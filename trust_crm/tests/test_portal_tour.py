# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalTour(PortalCase):
    """A customer in a real browser."""

    def _propose(self, complaint, name):
        complaint = complaint.with_user(self.seller)
        complaint.write(
            {
                "feeling_ids": [
                    fields.Command.link(
                        self.env.ref("trust_crm.feeling_disappointed").id
                    )
                ],
                "wanted": "care",
                "problem": "A cracked table.",
                "problem_agreed": True,
            }
        )
        solution = self.env["trust.complaint.solution"].with_user(self.seller)
        solution.create({"complaint_id": complaint.id, "name": name}).action_propose()

    def test_files_refuses_accepts(self):
        """K10, K5: files with a photo, refuses the first proposal, accepts the next."""
        login = self.mara.user_ids.login
        self.start_tour("/my", "trust_crm_door_file", login=login)
        complaint = self.env["trust.complaint"].search(
            [("partner_id", "=", self.mara.id)]
        )
        self.assertEqual(complaint.subject, "The table top is cracked")
        self.assertEqual(complaint._get_door_files().name, "crack.png")
        self._propose(complaint, "A new top in May")
        self.start_tour("/my", "trust_crm_door_refuse", login=login)
        self.assertEqual(complaint.step_code, "clarified")
        self._propose(complaint, "A new top tomorrow")
        path = f"/my/complaints/{complaint.id}"
        self.start_tour(path, "trust_crm_door_accept", login=login)
        self.assertEqual(complaint.step_code, "agreed")
        self.assertEqual(complaint.message_ids[0].author_id, self.mara)
