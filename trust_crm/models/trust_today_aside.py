# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# What can be put aside, for how many days: what was seen stays away for a month.
KINDS = {
    "promise": ("trust.promise", 1),
    "complaint": ("trust.complaint", 1),
    "lead": ("crm.lead", 1),
    "moved": ("trust.relationship", 30),
}


class TrustTodayAside(models.Model):
    """What somebody does not want to see on Today until a day; theirs alone."""

    _name = "trust.today.aside"
    _description = "Put aside on Today"
    _order = "until, id"
    _rec_name = "kind"

    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [
            ("promise", "Promise"),
            ("complaint", "Complaint"),
            ("lead", "New lead"),
            ("moved", "Relationship that moved"),
        ],
        "What",
        required=True,
        readonly=True,
    )
    res_id = fields.Integer("Record", required=True, readonly=True)
    record_name = fields.Char("Which", compute="_compute_record_name")
    until = fields.Date(required=True)

    _once = models.UniqueIndex(
        "(user_id, kind, res_id)", "This is put aside already: choose another day."
    )

    # COMPUTE

    @api.depends("kind", "res_id")
    def _compute_record_name(self):
        for kind, rows in self.grouped("kind").items():
            model = self.env[KINDS[kind][0]] if kind in KINDS else None
            names = {}
            if model is not None:
                found = model.search([("id", "in", rows.mapped("res_id"))])
                names = {record.id: record.display_name for record in found}
            for row in rows:
                row.record_name = names.get(row.res_id, "")

    # BUSINESS

    @api.model
    def _get_aside(self):
        """``{(kind, id)}`` that the user does not want to see now."""
        today = fields.Date.context_today(self)
        rows = self.search_fetch(
            [("user_id", "=", self.env.uid), ("until", ">", today)], ("kind", "res_id")
        )
        return {(row.kind, row.res_id) for row in rows}

    @api.autovacuum
    def _gc_aside(self):
        self.sudo().search([("until", "<", fields.Date.today())]).unlink()


class TrustToday(models.AbstractModel):
    """Not today: every kind of item can be put aside, and taken back."""

    _inherit = "trust.today"

    @api.model
    def act(self, kind, res_id, action):
        if kind in KINDS and action in ("aside", "back"):
            self._check_member()
            return getattr(self, f"_put_{action}")(kind, int(res_id))
        return super().act(kind, res_id, action)

    def _put_aside(self, kind, res_id):
        model, days = KINDS[kind]
        record = self.env[model].browse(res_id).exists()
        if not record:
            raise UserError(self.env._("This is gone already."))
        record.check_access("read")
        until = fields.Date.context_today(self) + timedelta(days=days)
        rows = self.env["trust.today.aside"]
        row = rows.search(self._get_aside_domain(kind, res_id))
        if row:
            row.until = until
        else:
            rows.create({"kind": kind, "res_id": res_id, "until": until})
        message = (
            self.env._("Put aside until tomorrow.")
            if days == 1
            else self.env._("Put aside for %(days)s days.", days=days)
        )
        return self._done(message, [kind, res_id, "back"])

    def _put_back(self, kind, res_id):
        domain = self._get_aside_domain(kind, res_id)
        self.env["trust.today.aside"].search(domain).unlink()
        return self._done(self.env._("Back on the page."))

    def _get_aside_domain(self, kind, res_id):
        return [
            ("user_id", "=", self.env.uid),
            ("kind", "=", kind),
            ("res_id", "=", res_id),
        ]
