# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain

from .trust_promise import UNFULFILLED


class TrustSubjectMixin(models.AbstractModel):
    """Partner and lead: their promises still to be kept, and a new one at hand."""

    _inherit = "trust.subject.mixin"

    trust_promise_count = fields.Integer(
        "Promises to keep",
        compute="_compute_trust_promise_count",
        groups="trust_crm.group_trust_user",
    )

    def _compute_trust_promise_count(self):
        self._count_trust("trust_promise_count")

    def _trust_traces(self):
        return super()._trust_traces() | {
            "trust_promise_count": [
                ("trust.promise", "partner_id"),
                ("trust.promise", "lead_id"),
            ]
        }

    def _trust_counted(self):
        unfulfilled = Domain("state", "in", UNFULFILLED)
        domain = unfulfilled & self._get_trust_promise_domain()
        return super()._trust_counted() | {
            "trust_promise_count": ("trust.promise", domain)
        }

    def _get_trust_promise_domain(self):
        """Promises about this lead and its customer, or this customer's people."""
        self.ensure_one()
        if self._name == "crm.lead":
            domain = Domain("lead_id", "in", self.ids)
            if self.partner_id:
                domain |= Domain("partner_id", "=", self.partner_id.id)
            return domain
        return self._get_trust_people_domain()

    @api.readonly
    def action_view_trust_promises(self):
        """The promises of this customer, ready to take another."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_promise_action"
        )
        defaults = self.env["trust.promise"]._get_defaults_for(self)
        return action | {
            "domain": list(self._get_trust_promise_domain()),
            "context": {f"default_{name}": value for name, value in defaults.items()}
            | {"search_default_unfulfilled": 1},
        }


class CrmLead(models.Model):
    """Merged leads leave their promises to the one that stays."""

    _inherit = "crm.lead"

    @api.model
    def _trust_lead_links(self):
        return super()._trust_lead_links() + [("trust.promise", "lead_id")]


class ResPartner(models.Model):
    """Whom we promised something is a customer."""

    _inherit = "res.partner"

    @api.model
    def _trust_customer_models(self):
        return [*super()._trust_customer_models(), "trust.promise"]


class TrustPromise(models.Model):
    """Writing a promise down where one is: the quick dialog."""

    _inherit = "trust.promise"

    @api.model
    @api.readonly
    def get_quick_action(self, res_model, res_id):
        """The dialog for a promise made on that record, as an action.

        :param str res_model: partner, lead, or any model with ``partner_id``
        :param int res_id: id of a record that the user may read
        """
        record = self.env[res_model].browse(res_id)
        record.check_access("read")
        defaults = self._get_defaults_for(record)
        return {
            "type": "ir.actions.act_window",
            "res_model": "trust.promise",
            "name": self.env._("New promise"),
            "views": [
                [self.env.ref("trust_crm.trust_promise_view_form_quick").id, "form"]
            ],
            "target": "new",
            "context": {f"default_{name}": value for name, value in defaults.items()},
        }

    @api.model
    def _get_defaults_for(self, record):
        """Customer or lead, and where the promise was made."""
        defaults = {"res_model": record._name, "res_id": record.id}
        if record._name == "res.partner":
            return defaults | {"partner_id": record.id}
        if record._name == "crm.lead":
            defaults["lead_id"] = record.id
        if partner := record.partner_id:
            defaults["partner_id"] = partner.id
        return defaults
