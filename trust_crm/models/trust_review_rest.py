# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from . import trust_review_sql as review_sql
from .trust_review import RESTS


class TrustRelationship(models.Model):
    """Who moved in a review's period, who is thin: the whole list, not ten of it.

    Only searched, by the link under the ten.
    """

    _inherit = "trust.relationship"

    review_moved_id = fields.Many2one(
        "trust.review",
        compute="_compute_review",
        search="_search_review_moved_id",
        export_string_translation=False,
    )
    review_thin_id = fields.Many2one(
        "trust.review",
        compute="_compute_review",
        search="_search_review_thin_id",
        export_string_translation=False,
    )

    # COMPUTE

    def _compute_review(self):
        self.review_moved_id = self.review_thin_id = False

    def _search_review_moved_id(self, operator, value):
        return self._search_review("_select_moved", operator, value)

    def _search_review_thin_id(self, operator, value):
        return self._search_review("_select_thin", operator, value)

    def _search_review(self, select, operator, value):
        if operator != "in":
            return NotImplemented
        review = self.env["trust.review"].browse(value)
        review.check_access("read")
        review = review.sudo()
        rows = getattr(review, select)(review._get_period())
        self.env.flush_all()
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN (SELECT x.id FROM (%s) x)", SQL.identifier(alias, "id"), rows
            )
        )


class TrustReview(models.Model):
    """The whole lists, of which a review shows the first ten."""

    _inherit = "trust.review"

    # ACTIONS

    def action_open_rest(self):
        """Open the list that ``rest`` in the context names."""
        self.ensure_one()
        rest = self.env.context.get("rest")
        if rest not in RESTS:
            raise UserError(self.env._("There is no such list."))
        action, domain = self._get_rest(rest)
        opened = self.env["ir.actions.act_window"]._for_xml_id(f"trust_crm.{action}")
        views = [(False, "list"), (False, "form")]
        return opened | {"views": views, "domain": list(domain), "context": {}}

    # BUSINESS

    def _get_rest(self, rest):
        """Return (action, domain) of a whole list."""
        told = self.sudo()
        span = told._get_period()
        customers = "trust_relationship_action"
        if rest == "moved_rest":
            return customers, Domain("review_moved_id", "=", self.id)
        if rest == "thin_rest":
            return customers, Domain("review_thin_id", "=", self.id)
        if rest == "promise_rest":
            slipped = Domain("id", "in", told._get_slipped())
            return "trust_promise_action", slipped
        if rest == "touchpoint_rest":
            return "trust_touchpoint_action", Domain.TRUE
        if rest == "crisis_rest":
            crises = told._get_crises_domain(span)
            return "trust_crisis_action", crises
        if rest == "unrecovered_rest":
            complaints = told._get_unrecovered_domain(span)
            return "trust_complaint_action", complaints
        promises = told._get_corrective_domain(span)
        return "trust_promise_action", promises

    def _select_moved(self, span):
        return review_sql.moved(
            SQL("(%s)", review_sql.standing(self._get_seen(span), span))
        )

    def _get_slipped(self, finding=None):
        """Return the ids of promises that slipped in the period (of one line)."""
        self.ensure_one()
        span = self._get_period()
        self.env.flush_all()
        condition = SQL("TRUE")
        if finding and finding.kind == "slip_customer":
            customer = finding.relationship_id.partner_id
            condition = SQL("customer_id = %s", customer.id)
        elif finding and finding.kind == "slip_team":
            condition = SQL("team_id = %s", finding.team_id.id)
        elif finding:
            condition = SQL("purpose = %s", finding.purpose)
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT id FROM (%s) s WHERE fresh AND %s",
                review_sql.slips(span, span.company, span.team),
                condition,
            )
        )
        return [row[0] for row in rows]
