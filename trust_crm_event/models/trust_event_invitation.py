# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

DAY_AND_HOUR = "EEEE, d MMMM y, HH:mm"
TEMPLATE = "trust_crm_event.mail_template_event_invitation"


class TrustEventInvitation(models.Model):
    """One person was invited to one event, once, by one of us.

    Made by the wizard's Send and by nothing else, with its mail in one transaction. The
    answer is the person's registration, read from Odoo's own. Why this person was
    chosen is not kept: it may rest on what others must not read.
    """

    _name = "trust.event.invitation"
    _description = "Invitation to an Event"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "partner_id"
    _mail_post_access = "read"

    event_id = fields.Many2one(
        "event.event", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users", "Invited by", readonly=True, ondelete="set null"
    )
    company_id = fields.Many2one(related="event_id.company_id", store=True)
    words = fields.Text("Personal words", readonly=True)
    answer = fields.Selection(
        [
            ("none", "No answer yet"),
            ("draft", "Unconfirmed"),
            ("open", "Registered"),
            ("done", "Came"),
            ("cancel", "Will not come"),
        ],
        compute="_compute_answer",
    )

    _event_person_unique = models.UniqueIndex(
        "(event_id, partner_id)",
        "Somebody has just invited one of them: open the list again.",
    )

    # COMPUTE

    def _compute_answer(self):
        """Of several registrations the one that says most."""
        told = ["cancel", "draft", "open", "done"]
        found = {}
        for event, partner, state in (
            self.env["event.registration"]
            .sudo()
            ._read_group(
                [
                    ("event_id", "in", self.sudo().event_id.ids),
                    ("partner_id", "in", self.partner_id.ids),
                ],
                ["event_id", "partner_id", "state"],
            )
        ):
            key = event.id, partner.id
            found[key] = max(found.get(key, "cancel"), state, key=told.index)
        for invitation in self:
            key = invitation.sudo().event_id.id, invitation.partner_id.id
            invitation.answer = found.get(key, "none")

    # ACTIONS

    def action_register(self):
        """The person said yes: Odoo's own registration, which confirms by mail."""
        self.ensure_one()
        if self.answer in ("open", "done"):
            raise UserError(self.env._("This person is registered already."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register"),
            "res_model": "event.registration",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_event_id": self.event_id.id,
                "default_partner_id": self.partner_id.id,
            },
        }

    # BUSINESS

    @api.model
    def _invite(self, event, people, words=""):
        """Invite each of these people by one mail in their language.

        Who pressed Send has shown that they may see these people.

        :return: the invitations, their mails queued
        """
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if not template:
            raise UserError(self.env._("The mail template of invitations was deleted."))
        invitations = self.sudo().create(
            [
                {
                    "event_id": event.id,
                    "partner_id": person.id,
                    "user_id": self.env.user.id,
                    "words": words,
                }
                for person in people
            ]
        )
        template.sudo().send_mail_batch(
            invitations.ids, email_values={"author_id": self.env.user.partner_id.id}
        )
        return invitations.with_env(self.env)

    def _get_when(self):
        """When it begins, at the place of the event, in the person's language."""
        event = self.event_id
        return format_datetime(
            self.env,
            event.date_begin,
            tz=event.date_tz,
            dt_format=DAY_AND_HOUR,
        )
