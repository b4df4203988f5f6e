# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

PAGE = "/odoo/circle-map"


class CircleMapTour(HttpCase):
    def look(self):
        """Go through the map as a manager who leads one team."""
        seller = new_test_user(self.env, "tour_seller", "trust_crm.group_trust_user")
        self.env["crm.team"].create(
            {"name": "Tour of the north", "member_ids": [(4, seller.id)]}
        )
        mill, yard, _other = self.env["res.partner"].create(
            [
                {"name": "Mill of the Tour", "user_id": seller.id, "is_company": True},
                {"name": "Yard of the Tour", "user_id": seller.id, "is_company": True},
                {"name": "Somebody else of the Tour", "is_company": True},
            ]
        )
        self._move_out(mill)
        self._tell(yard, "meeting_held", 20)
        self.env["trust.queue"]._drain()
        self._check_story(mill)
        self.start_tour(PAGE, "trust_crm_circle_map", login="admin")
        plan = self.env.ref("trust_crm.win_back_plan_res_partner")
        planned = set(plan.template_ids.mapped("summary"))
        self.assertLessEqual(planned, set(mill.activity_ids.mapped("summary")))

    def _move_out(self, customer):
        for number in range(12):
            self._tell(customer, "promise_kept", 60 + 5 * number)
            self._tell(customer, "meeting_held", 62 + 5 * number)
        month_ago = fields.Datetime.now() - timedelta(days=40)
        relationships = self.env["trust.relationship"]._get_for(customer)
        relationships.sudo()._refresh(relationships)
        relationships.flush_recordset()
        self.env.cr.execute(
            "UPDATE trust_snapshot SET date = %s WHERE relationship_id = %s",
            (month_ago, relationships.id),
        )
        for days in (12, 9, 6, 3):
            self._tell(customer, "promise_broken", days)

    def _check_story(self, customer):
        relationship = self.env["trust.relationship"]._get_for(customer)
        before = relationship.snapshot_ids.sorted("date")[:1].circle_id
        self.assertLess(relationship.circle_id.level, before.level)

    def _tell(self, customer, signal, days):
        self.env["trust.evidence"]._record(
            [
                {
                    "signal": signal,
                    "partner_id": customer.id,
                    "date": fields.Datetime.now() - timedelta(days=days),
                    "source_key": f"tour-{customer.id}-{signal}-{days}",
                    "company_id": self.env.company.id,
                }
            ]
        )


@tagged("post_install", "-at_install")
class TestTrustCircleMapWeb(CircleMapTour):
    def test_desktop(self):
        """I2, R2: filter to one team, see who moved out and why, plan, come back."""
        self.look()


@tagged("post_install", "-at_install")
class TestTrustCircleMapPhone(CircleMapTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_phone(self):
        """I2: the same at the width of a phone."""
        self.look()
