# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL


class TrustPromise(models.Model):
    """Promises made for a complaint: to the customer, or against a repetition."""

    _inherit = "trust.promise"  # pylint: disable=consider-merging-classes-inherited

    complaint_id = fields.Many2one(
        "trust.complaint",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        groups="base.group_user",
    )
    purpose = fields.Selection(
        [
            ("solution", "Solution"),
            ("corrective", "Corrective: mend it"),
            ("preventive", "Preventive: never again"),
        ],
        groups="base.group_user",
    )

    @api.model
    def _get_defaults_for(self, record):
        defaults = super()._get_defaults_for(record)
        if record._name == "trust.complaint":
            defaults |= {"complaint_id": record.id, "purpose": "corrective"}
            if record.user_id:
                defaults["user_id"] = record.user_id.id
        return defaults


class TrustComplaint(models.Model):
    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited

    promise_count = fields.Integer(
        compute="_compute_promise_count", groups="base.group_user"
    )

    @api.depends("promise_ids")
    def _compute_promise_count(self):
        for complaint in self:
            complaint.promise_count = len(complaint.promise_ids)

    def action_promise(self):
        """Write a promise down: what, by whom, by when."""
        self.ensure_one()
        return self.env["trust.promise"].get_quick_action(self._name, self.id)

    def action_view_promises(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_promise_action"
        )
        defaults = self.env["trust.promise"]._get_defaults_for(self)
        return action | {
            "domain": [("complaint_id", "=", self.id)],
            "context": {f"default_{name}": value for name, value in defaults.items()},
        }


class ResPartner(models.Model):
    """Who complained is a customer."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _trust_customer_sql(self):
        return SQL(
            """%s
                UNION
               SELECT t.commercial_partner_id
                 FROM trust_complaint t
                WHERE t.confirmed AND t.commercial_partner_id IS NOT NULL""",
            super()._trust_customer_sql(),
        )
