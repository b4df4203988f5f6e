# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError


class TrustIntroductionAdd(models.TransientModel):
    """Note by hand who introduced a customer or a lead.

    It writes what their forms show (``introducer_id``), so it is evidence as well.
    """

    _name = "trust.introduction.add"
    _description = "Note an introduction"

    introducer_id = fields.Many2one(
        "res.partner",
        "Who introduced",
        required=True,
        domain=[("partner_share", "=", True)],
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Introduced customer",
        domain=[("partner_share", "=", True)],
    )
    lead_id = fields.Many2one("crm.lead", "Or lead")
    present_id = fields.Many2one(
        "res.partner", "Named until now", compute="_compute_present_id"
    )

    @api.depends("partner_id", "lead_id")
    def _compute_present_id(self):
        for wizard in self:
            subject = wizard.partner_id or wizard.lead_id
            wizard.present_id = subject.introducer_id

    def action_apply(self):
        """Write it on the customer, or on the lead that has none yet."""
        self.ensure_one()
        lead = self.lead_id
        partner = self.partner_id or lead.partner_id
        if not partner and not lead:
            raise UserError(self.env._("Say who was introduced: a customer or a lead."))
        introducer = self.introducer_id
        (introducer | partner)._check_trust_subject()
        if partner.commercial_partner_id == introducer.commercial_partner_id:
            raise UserError(
                self.env._("Nobody introduces themselves or their own company.")
            )
        (partner or lead).introducer_id = introducer
        return {"type": "ir.actions.client", "tag": "soft_reload"}
