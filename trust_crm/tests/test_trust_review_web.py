# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from ..tools import review_period

PAGE = "/odoo/action-trust_crm.trust_review_action"


class ReviewTour(HttpCase):
    def meet(self):
        """One customer fell last quarter; nothing else is there to talk about."""
        customer = self.env["res.partner"].create({"name": "Falling Ltd"})
        relationship = self.env["trust.relationship"]._get_for(customer)
        first, last = review_period.last_quarter(fields.Date.today())
        self.env.cr.execute(SQL("DELETE FROM trust_review"))
        self.env.cr.execute(
            SQL(
                """INSERT INTO trust_snapshot (relationship_id, company_id, date,
                          trust_index, band)
                   VALUES (%(r)s, %(c)s, %(first)s::date - 9, 60, '3'),
                          (%(r)s, %(c)s, %(last)s::date - 1, 41, '2')""",
                r=relationship.id,
                c=self.env.company.id,
                first=first,
                last=last,
            )
        )
        review = self.env["trust.review"].create({})
        others = review.finding_ids.filtered(
            lambda one: one.relationship_id != relationship
        )
        others.sudo().unlink()
        self.start_tour(PAGE, "trust_crm_review", login="admin")
        finding = review.finding_ids
        self.assertEqual(finding.decision, "activity")
        self.assertEqual(finding.activity_ids.res_id, customer.id)


@tagged("post_install", "-at_install")
class TestTrustReviewWeb(ReviewTour):
    def test_desktop(self):
        """S19: a line is decided in the review, taken back, and decided anew."""
        self.meet()


@tagged("post_install", "-at_install")
class TestTrustReviewPhone(ReviewTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_phone(self):
        """S19: the same at the width of a phone."""
        self.meet()
