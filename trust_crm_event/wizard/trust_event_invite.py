# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command


class TrustEventInvite(models.TransientModel):
    """Choose whom to invite to an event, look at each and why, then send.

    Nothing goes out before somebody presses Send, and then one mail to each person.
    Who may be chosen, by what, and who is left out: ``trust_event_invite_people.py``.
    """

    _name = "trust.event.invite"
    _description = "Invite customers to an event"

    state = fields.Selection(
        [("choose", "Whom"), ("people", "People"), ("sent", "Sent")],
        default="choose",
        required=True,
        readonly=True,
    )
    event_id = fields.Many2one(
        "event.event", required=True, readonly=True, ondelete="cascade"
    )
    # Whom
    interest_ids = fields.Many2many(
        "trust.interest", string="Interests", help="Who likes one of these."
    )
    circle_ids = fields.Many2many("trust.circle", string="Circles")
    age_from = fields.Integer("Age from")
    age_to = fields.Integer("Age to")
    occupation = fields.Char(help="A part of the job position will do.")
    category_ids = fields.Many2many("res.partner.category", string="Tags")
    city = fields.Char()
    user_ids = fields.Many2many(
        "res.users", string="Salespeople", domain=[("share", "=", False)]
    )
    # People
    line_ids = fields.One2many(
        "trust.event.invite.line", "invite_id", domain=[("left_out", "=", False)]
    )
    left_out_ids = fields.One2many(
        "trust.event.invite.line", "invite_id", domain=[("left_out", "!=", False)]
    )
    selected_count = fields.Integer("To invite", compute="_compute_selected_count")
    left_out_count = fields.Integer("Left out", compute="_compute_left_out_count")
    unwilling_count = fields.Integer(
        "Asked not to be contacted",
        readonly=True,
        help="They are counted here and named nowhere.",
    )
    words = fields.Text(
        "Personal words", help="Stands in each mail, between invitation and date."
    )
    # Sent
    sent_count = fields.Integer(readonly=True)
    changed_count = fields.Integer(
        readonly=True, help="Left out at the last moment: something changed since."
    )

    # COMPUTE

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Invite customers")

    @api.depends("line_ids.selected")
    def _compute_selected_count(self):
        for wizard in self:
            wizard.selected_count = len(wizard.line_ids.filtered("selected"))

    @api.depends("left_out_ids")
    def _compute_left_out_count(self):
        for wizard in self:
            wizard.left_out_count = len(wizard.left_out_ids)

    # CONSTRAINTS

    @api.constrains("age_from", "age_to")
    def _check_ages(self):
        for wizard in self:
            youngest, oldest = wizard.age_from, wizard.age_to
            if min(youngest, oldest) < 0 or oldest and oldest < youngest:
                raise ValidationError(
                    self.env._("Ages go from a smaller number to a larger one.")
                )

    # ACTIONS

    def action_list(self):
        """Show who would be invited and why, and who would not and why not."""
        self.ensure_one()
        if self.state == "sent":
            raise UserError(self.env._("These invitations are sent: begin anew."))
        people = self._get_people()
        left_out = self._get_left_out(people)
        reasons = self._get_reasons(people)
        unwilling = people.filtered("trust_no_contact")
        (self.line_ids | self.left_out_ids).unlink()
        self.env["trust.event.invite.line"].create(
            [
                {
                    "invite_id": self.id,
                    "partner_id": person.id,
                    "reason": reasons[person.id],
                    "left_out": left_out.get(person.id, False),
                }
                for person in people - unwilling
            ]
        )
        self.invalidate_recordset(["line_ids", "left_out_ids"])
        self.write({"state": "people", "unwilling_count": len(unwilling)})
        return True

    def action_back(self):
        self.ensure_one()
        if self.state == "people":
            self.state = "choose"
        return True

    def action_select_none(self):
        self.line_ids.selected = False
        return True

    def action_select_all(self):
        self.line_ids.selected = True
        return True

    def action_send(self):
        """Invite whom is still selected, and still willing: one mail each."""
        self.ensure_one()
        if self.state != "people":
            raise UserError(self.env._("These invitations are sent: begin anew."))
        self.event_id.sudo()._check_trust_invite()
        people = self.line_ids.filtered("selected").partner_id
        if not people:
            raise UserError(self.env._("Tick whom you would like to invite."))
        changed = self._get_left_out(people)
        able = people.filtered(lambda person: person.id not in changed)
        self.env["trust.event.invitation"]._invite(self.event_id, able, self.words)
        self.write(
            {
                "state": "sent",
                "sent_count": len(able),
                "changed_count": len(changed),
                "line_ids": [Command.clear()],
            }
        )
        return True

    def action_open_invitations(self):
        return self.event_id.action_open_trust_invitations()
