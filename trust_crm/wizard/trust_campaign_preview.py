# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

SHOWN = 500


class TrustCampaignPreview(models.TransientModel):
    """Who would be asked now, who would be skipped and why; nothing goes out."""

    _name = "trust.campaign.preview"
    _description = "Campaign Preview"

    campaign_id = fields.Many2one("trust.campaign", required=True, readonly=True)
    state = fields.Selection(related="campaign_id.state")
    asked_count = fields.Integer("Would be asked", readonly=True)
    skipped_count = fields.Integer("Would not be asked", readonly=True)
    hidden_count = fields.Integer("More people", readonly=True)
    line_ids = fields.One2many(
        "trust.campaign.preview.line", "preview_id", readonly=True
    )

    # ACTIONS

    def action_launch(self):
        self.campaign_id.action_launch()
        return {"type": "ir.actions.act_window_close"}

    # BUSINESS

    @api.model
    def _open(self, campaign):
        campaign.check_access("read")
        people = campaign._get_people()
        reasons = (
            self.env["trust.feedback"]
            .sudo()
            ._get_skip_reasons(people, "campaign", campaign.company_id)
        )
        shown = people.sorted(lambda p: (p.id in reasons, p.id))[:SHOWN]
        preview = self.create(
            {
                "campaign_id": campaign.id,
                "asked_count": len(people) - len(reasons),
                "skipped_count": len(reasons),
                "hidden_count": len(people) - len(shown),
                "line_ids": [
                    fields.Command.create(
                        {"partner_id": p.id, "skip_reason": reasons.get(p.id, False)}
                    )
                    for p in shown
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who would be asked"),
            "res_model": self._name,
            "res_id": preview.id,
            "view_mode": "form",
            "target": "new",
        }


class TrustCampaignPreviewLine(models.TransientModel):
    """One person of a campaign: asked, or skipped and why."""

    _name = "trust.campaign.preview.line"
    _description = "Person in a Campaign Preview"
    _order = "id"

    preview_id = fields.Many2one(
        "trust.campaign.preview", required=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", "Person", readonly=True)
    skip_reason = fields.Selection(
        selection=lambda self: (
            self.env["trust.feedback"]
            ._fields["skip_reason"]
            ._description_selection(self.env)
        ),
        string="Not asked because",
        readonly=True,
    )
