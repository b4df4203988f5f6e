# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.fields import Domain

from .trust_today_aside import KINDS

KINDS["proposal"] = ("trust.relationship", 7)


class TrustTodayAside(models.Model):
    _inherit = "trust.today.aside"

    kind = fields.Selection(
        selection_add=[("proposal", "Proposed move")], ondelete={"proposal": "cascade"}
    )


class TrustToday(models.AbstractModel):
    """Moves into a circle that wait for my word (R1)."""

    _inherit = "trust.today"

    def _section_proposals(self, day):
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("circle_proposed_id", "!=", False)
            & Domain("user_id", "=", self.env.uid)
        )
        found, total = self._get_page(
            "trust.relationship", domain, day, "proposal", order="proposed_date, id"
        )
        return {
            "title": self.env._("Proposed moves"),
            "empty": self.env._("Nobody is about to move closer."),
            "summary": self.env._("1 proposed move")
            if total == 1
            else self.env._("%(count)s proposed moves", count=total),
            "minutes": 2,
            "total": total,
            "all": "trust_crm.trust_proposal_action",
            "items": [self._prepare_proposal(relationship) for relationship in found],
        }

    def _prepare_proposal(self, relationship):
        return self._prepare_item(
            "proposal",
            relationship,
            who=relationship.display_name,
            what=self.env._(
                "%(old)s → %(new)s",
                old=relationship.circle_id.name or self.env._("Little evidence"),
                new=relationship.circle_proposed_id.name,
            ),
            reason=relationship.proposal_reason or "",
            tag=(self.env._("closer"), "ok"),
            partner=relationship.partner_id,
            lead=relationship.lead_id,
            actions=[
                ("accept", self.env._("Accept")),
                ("decline", self.env._("Decline")),
                ("why", self.env._("Why?")),
                ("aside", self.env._("Not now")),
            ],
        )

    # ACTIONS

    def _act_proposal_accept(self, res_id):
        relationship = self.env["trust.relationship"].browse(res_id)
        circle = relationship.circle_proposed_id
        relationship.action_accept_circle()
        message = self.env._(
            "%(customer)s: %(circle)s",
            customer=relationship.display_name,
            circle=circle.name,
        )
        return self._done(message, ["proposal", res_id, "again"])

    def _act_proposal_again(self, res_id):
        self.env["trust.relationship"].browse(res_id)._unaccept_circle()
        return self._done(self.env._("Proposed again."))

    def _act_proposal_decline(self, res_id):
        relationship = self.env["trust.relationship"].browse(res_id)
        return self._open(relationship.action_decline_circle())

    def _act_proposal_why(self, res_id):
        return self._open(self._open_form("trust.relationship", res_id))
