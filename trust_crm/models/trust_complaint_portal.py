# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models

from .trust_complaint_step import LEFT, OPEN, PATH

MOST_A_DAY = 20
TWICE = timedelta(minutes=5)


class TrustComplaint(models.Model):
    """The customer's door to their complaints.

    Everybody of the customer's company sees them, as with orders and invoices in
    Odoo's portal; nobody else does. What the page shows has no ``groups``.
    """

    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _is_at_door(self):
        """Does the customer see this complaint?"""
        return bool(self.partner_id)

    @api.model
    def _get_door_domain(self, partner):
        """Complaints that a person sees on the portal: those of their company."""
        return fields.Domain(
            "partner_id", "child_of", partner.commercial_partner_id.ids
        )

    @api.model
    def _get_filed_twice(self, partner, vals):
        """The same words filed a moment ago: a second click, no second complaint."""
        return self.sudo().search(
            [
                ("partner_id", "=", partner.id),
                ("source", "=", "portal"),
                ("subject", "=", vals["subject"]),
                ("about_what", "=", vals["about_what"] or False),
                ("create_date", ">", fields.Datetime.now() - TWICE),
            ],
            limit=1,
        )

    @api.model
    def _is_filing_too_much(self, partner):
        """More in a day than one person has reasons: they are asked to call."""
        day_ago = fields.Datetime.now() - timedelta(days=1)
        return (
            self.sudo().search_count(
                [("partner_id", "=", partner.id), ("create_date", ">", day_ago)],
                limit=MOST_A_DAY,
            )
            >= MOST_A_DAY
        )

    def _get_door_steps(self):
        """The way as the customer sees it: [(step, "done", "now" or "later")]."""
        self.ensure_one()
        steps = self.env["trust.complaint.step"]
        if self.step_code in LEFT:
            return [(steps._get("received"), "done"), (self.step_id, "now")]
        here = PATH.index(self.step_code)
        return [
            (
                steps._get(code),
                "done" if place < here else "now" if place == here else "later",
            )
            for place, code in enumerate(PATH)
        ]

    def _get_door_solutions(self):
        """Proposals that the customer has seen, the open ones first."""
        self.ensure_one()
        seen = self.solution_ids.filtered(lambda s: s.date_proposed)
        return seen.sorted(lambda s: (s.state != "proposed", -s.id))

    def _get_door_files(self):
        """Files of the talk with the customer; those of internal notes are not."""
        self.ensure_one()
        talk = self.website_message_ids.filtered(
            lambda m: m.subtype_id and not m.is_internal and not m.subtype_id.internal
        )
        return talk.attachment_ids

    def _is_open_to_withdrawal(self):
        return self.step_code in OPEN

    def _is_open_to_appeal(self):
        return self.step_code == "rejected"
