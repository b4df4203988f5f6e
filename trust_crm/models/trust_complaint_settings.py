# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models


class CrmTeam(models.Model):
    _inherit = "crm.team"

    complaint_calendar_id = fields.Many2one(
        "resource.calendar",
        "Working hours for complaints",
        ondelete="set null",
        domain="[('company_id', 'in', (company_id, False))]",
        help="Deadlines of complaints count in these hours, in their time zone. "
        "Empty: those of the company.",
    )


class ResCompany(models.Model):
    """Where complaints arrive, who has them, and what may be granted."""

    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    trust_complaint_alias_id = fields.Many2one(
        "mail.alias", "Address for complaints", ondelete="set null", copy=False
    )
    trust_complaint_user_id = fields.Many2one(
        "res.users",
        "Responsible for new complaints",
        ondelete="set null",
        domain="[('share', '=', False)]",
        help="For complaints by mail of customers who have no salesperson.",
    )
    trust_redress_limit = fields.Monetary(
        "Redress without approval up to",
        currency_field="currency_id",
        default=100,
    )
    trust_redress_limit_manager = fields.Monetary(
        "Managers approve up to", currency_field="currency_id", default=1000
    )

    def _set_complaint_alias(self, name):
        """Receive complaints at that address, or none when it is empty."""
        self.ensure_one()
        alias = self.sudo().trust_complaint_alias_id
        if not name:
            alias.unlink()
        elif alias:
            alias.alias_name = name
        else:
            alias = alias.create(self._prepare_complaint_alias_values(name))
            # Known to work: two fetchers that both noted so with their first mail
            # would lose one of them with its transaction.
            alias.alias_status = "valid"
            self.sudo().trust_complaint_alias_id = alias

    def _prepare_complaint_alias_values(self, name):
        return {
            "alias_name": name,
            "alias_model_id": self.env["ir.model"]._get("trust.complaint").id,
            "alias_domain_id": self.alias_domain_id.id,
            "alias_contact": "everyone",
            "alias_defaults": repr({"company_id": self.id}),
        }


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    trust_complaint_alias_name = fields.Char(
        "Address for complaints",
        compute="_compute_trust_complaint_alias_name",
        inverse="_inverse_trust_complaint_alias_name",
    )
    trust_complaint_alias_domain = fields.Char(
        related="company_id.alias_domain_id.name", string="Alias domain"
    )
    trust_complaint_user_id = fields.Many2one(
        related="company_id.trust_complaint_user_id", readonly=False
    )
    trust_redress_limit = fields.Monetary(
        related="company_id.trust_redress_limit",
        readonly=False,
        currency_field="trust_currency_id",
    )
    trust_redress_limit_manager = fields.Monetary(
        related="company_id.trust_redress_limit_manager",
        readonly=False,
        currency_field="trust_currency_id",
    )
    trust_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of redress"
    )

    @api.depends("company_id")
    def _compute_trust_complaint_alias_name(self):
        for settings in self:
            alias = settings.company_id.sudo().trust_complaint_alias_id
            settings.trust_complaint_alias_name = alias.alias_name

    def _inverse_trust_complaint_alias_name(self):
        for settings in self:
            name = (settings.trust_complaint_alias_name or "").strip()
            alias = settings.company_id.sudo().trust_complaint_alias_id
            if name != (alias.alias_name or ""):
                settings.company_id._set_complaint_alias(name)
