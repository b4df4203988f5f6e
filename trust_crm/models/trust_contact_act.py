# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.exceptions import UserError

from .trust_contact_observe import AT_ONCE

CALL = "mail.mail_activity_data_call"
MEETING = "mail.mail_activity_data_meeting"


class TrustRelationship(models.Model):
    """Getting in touch: everything is done on the customer, with Odoo's own tools."""

    _inherit = "trust.relationship"

    # ACTIONS

    def action_contact_call(self):
        """Plan a call."""
        return self._plan_contact(CALL)

    def action_contact_meeting(self):
        """Plan a meeting."""
        return self._plan_contact(MEETING)

    def action_contact_write(self):
        """Write a mail to the customer, here."""
        customer = self._get_contacted()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write to %s", customer.display_name),
            "res_model": "mail.compose.message",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "default_model": "res.partner",
                "default_res_ids": customer.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": customer.ids,
                AT_ONCE: True,
            },
        }

    def action_contact_later(self):
        """Not now: away from my lists for a week."""
        today = self.env["trust.today"]
        for relationship in self:
            today.act("contact", relationship.id, "aside")

    def action_contact_back(self):
        """Back on my lists."""
        today = self.env["trust.today"]
        for relationship in self:
            today.act("contact", relationship.id, "back")

    # BUSINESS

    def _get_contacted(self):
        """Return the customer to get in touch with, whom the user may write to.

        :raises UserError: when the customer wants no friendly contact
        """
        self.ensure_one()
        self.check_access("read")
        customer = self.partner_id
        customer.check_access("write")
        people = customer | customer.commercial_partner_id
        if not customer or any(people.sudo().mapped("trust_no_contact")):
            raise UserError(
                self.env._(
                    "%(name)s is not to be contacted without a reason of their own.",
                    name=self.display_name,
                )
            )
        return customer

    def _plan_contact(self, kind):
        """Odoo's dialog that plans an activity, filled in."""
        customer = self._get_contacted()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a contact with %s", customer.display_name),
            "res_model": "mail.activity.schedule",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "active_model": "res.partner",
                "active_id": customer.id,
                "active_ids": customer.ids,
                "default_res_model": "res.partner",
                "default_res_ids": repr(customer.ids),
                "default_activity_type_id": self.env.ref(kind).id,
                "default_activity_user_id": self.env.uid,
            },
        }

    def _log_call(self):
        """A call that took place: an activity of Odoo's, planned and done at once.

        :return: the message that it leaves on the customer
        """
        customer = self._get_contacted()
        activity = customer.activity_schedule(
            CALL, fields.Date.context_today(self), user_id=self.env.uid
        )
        messages, _activities = activity._action_done()
        return messages
