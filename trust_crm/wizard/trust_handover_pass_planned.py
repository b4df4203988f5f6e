# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.fields import Domain

# On what calls, visits and the steps of a plan are planned.
PLANNED = ("res.partner", "crm.lead", "trust.occasion")


class TrustHandoverPassLine(models.TransientModel):
    """What is planned with a customer goes over too: a call, a win-back plan."""

    _inherit = "trust.handover.pass.line"

    def _hand_to(self, user):
        self._find_planned().with_context(mail_activity_quick_update=True).write(
            {"user_id": user.id}
        )
        return super()._hand_to(user)

    def _find_planned(self):
        """Return what the former ones still have to do with these people (sudo)."""
        people = self.env["res.partner"].search(
            Domain("id", "in", self.partner_id.ids)
            | Domain("commercial_partner_id", "in", self.partner_id.ids)
        )
        days = self.env["trust.occasion"].search([("partner_id", "in", people.ids)])
        about = Domain("res_model", "=", people._name) & Domain(
            "res_id", "in", people.ids
        )
        about |= Domain("res_model", "=", days._name) & Domain("res_id", "in", days.ids)
        return (
            self.env["mail.activity"]
            .sudo()
            .search(about & Domain("user_id", "in", self.old_user_id.ids))
        )


class TrustHandoverPass(models.TransientModel):
    """Opportunities go with what is planned on them; what stays is counted."""

    _inherit = "trust.handover.pass"

    @api.model
    def _give(self, records, user):
        planned = self.env["mail.activity"].sudo()
        if records._name == "crm.lead":
            planned = records.sudo().activity_ids.filtered(
                lambda activity: activity.user_id in records.user_id
            )
        planned.with_context(mail_activity_quick_update=True).write(
            {"user_id": user.id}
        )
        return super()._give(records, user)

    def _get_kept_activity(self):
        return Domain("user_id", "in", self.user_id.ids) & Domain(
            "res_model", "in", PLANNED
        )
