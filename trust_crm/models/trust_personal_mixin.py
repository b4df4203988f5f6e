# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class TrustPersonalMixin(models.AbstractModel):
    """Something known of a person, beside our business.

    It may be kept while a ground stands for its part (``_personal_part``, see
    ``trust.consent``), is hidden from everybody as soon as none does (``lapsed``), and
    goes with the person. The name of a record tells nothing to who may not read it:
    Odoo puts names into its messages about missing rights.
    """

    _name = "trust.personal.mixin"
    _description = "Known of a Person"
    _personal_part = ""
    # Written by this app's own methods (in sudo), never by a client.
    _guarded = ("lapsed",)

    # Not cascade, or Odoo's privacy lookup would not list these rows; no constraint
    # may name it, or Odoo's partner merge would delete rows.
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        index="btree_not_null",
        ondelete="set null",
        domain=[("is_company", "=", False), ("partner_share", "=", True)],
    )
    lapsed = fields.Date(
        index="btree_not_null", readonly=True, copy=False, groups=fields.NO_ACCESS
    )

    # COMPUTE

    @api.depends("partner_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        readable = self.sudo(False)._filtered_access("read")
        for record in self:
            seen = record.id in readable.ids
            record.display_name = (
                record._get_personal_name() if seen else self._description
            )

    # CONSTRAINTS

    @api.constrains("partner_id")
    def _check_partner_id(self):
        people = self.sudo().partner_id
        if any(not record.sudo().partner_id for record in self):
            raise ValidationError(self.env._("Say whom this is about: a person."))
        people._check_trust_person()
        people._check_trust_ground(self._personal_part)

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [
                {name: v for name, v in vals.items() if name not in self._guarded}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and vals.keys() & set(self._guarded):
            raise UserError(
                self.env._("This is noted by the system: it cannot be written.")
            )
        return super().write(vals)

    # BUSINESS

    def _get_personal_name(self):
        """What its readers see."""
        self.ensure_one()
        return self.partner_id.sudo().name or self._description

    def _forget(self):
        """Delete for good: the ground is gone, or the person is. Facts stay."""
        self.unlink()

    @api.model
    def _settle_lapsed(self, partners):
        """Hide what no ground covers any more, show again what one covers."""
        today = fields.Date.today()
        covered = partners._filter_trust_ground(self._personal_part)
        rows = self.sudo().with_context(active_test=False)
        gone = (partners - covered).ids
        rows.search(
            Domain("partner_id", "in", gone) & Domain("lapsed", "=", False)
        ).lapsed = today
        rows.search(
            Domain("partner_id", "in", covered.ids) & Domain("lapsed", "!=", False)
        ).lapsed = False
