# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TrustReflection(models.Model):
    """An employee's line in the evening: something special for a customer today?

    Private: nobody else reads it, managers included, until its author shares it as a
    good story. It counts nothing.
    """

    _name = "trust.reflection"
    _description = "Evening Line"
    _order = "date desc, id desc"
    _rec_name = "text"
    _check_company_auto = True

    user_id = fields.Many2one(
        "res.users",
        "Who",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        index=True,
        ondelete="cascade",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    text = fields.Text("Something special", required=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    shared = fields.Boolean(
        "Shared as a good story",
        copy=False,
        help="Everybody who uses Trust can read it. Otherwise only its author can.",
    )

    # CONSTRAINTS

    @api.constrains("text")
    def _check_text(self):
        for line in self:
            if not (line.text or "").strip():
                raise ValidationError(self.env._("Write a line first."))

    # ACTIONS

    def action_share(self):
        self.shared = True

    def action_keep_private(self):
        self.shared = False


class TrustToday(models.AbstractModel):
    """The evening line at the foot of Today."""

    _inherit = "trust.today"

    def _get_reflections(self, day):
        """The lines that the user wrote today."""
        lines = self.env["trust.reflection"].search_fetch(
            [("user_id", "=", self.env.uid), ("date", "=", day.today)],
            ("text", "shared"),
        )
        return [{"id": x.id, "text": x.text, "shared": x.shared} for x in lines]

    @api.model
    def reflect(self, text, shared=False):
        """Keep a line, for me alone or shared; can be undone."""
        self._check_member()
        line = self.env["trust.reflection"].create(
            {"text": (text or "").strip(), "shared": bool(shared)}
        )
        message = (
            self.env._("Shared with your colleagues.")
            if shared
            else self.env._("Kept, only for you.")
        )
        return {
            **self._done(message, ["reflection", line.id, "take_back"]),
            "line": {"id": line.id, "text": line.text, "shared": line.shared},
        }

    # ACTIONS

    def _act_reflection_take_back(self, res_id):
        self.env["trust.reflection"].browse(res_id).unlink()
        return self._done(self.env._("Taken back."))

    def _act_reflection_share(self, res_id):
        self.env["trust.reflection"].browse(res_id).action_share()
        message = self.env._("Shared with your colleagues.")
        return self._done(message, ["reflection", res_id, "unshare"])

    def _act_reflection_unshare(self, res_id):
        self.env["trust.reflection"].browse(res_id).action_keep_private()
        return self._done(self.env._("Kept, only for you."))
