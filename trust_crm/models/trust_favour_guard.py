# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.exceptions import UserError

# Written by the methods of the favour's life (in sudo), never by a client.
LIFE_FIELDS = {
    "state",
    "above_limit",
    "asked_by_id",
    "asked_date",
    "decided_by_id",
    "decided_date",
    "refusal_reason",
    "happened_at",
}
# What was measured, approved and counted.
WEIGHT_FIELDS = {
    "name",
    "direction",
    "kind",
    "partner_id",
    "user_id",
    "company_id",
    "date",
    "value",
    "currency_id",
}
UNDECIDED = dict.fromkeys(LIFE_FIELDS - {"state"}, False) | {"state": "draft"}


class TrustFavour(models.Model):
    """What nobody can do to a favour, by whatever door they come."""

    _inherit = "trust.favour"  # pylint: disable=consider-merging-classes-inherited

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        """A favour starts as a draft; what we received is recorded at once.

        Only trusted code (sudo: demo data, migrations) may create one with a past.
        """
        if not self.env.su:
            vals_list = [{**vals, **UNDECIDED} for vals in vals_list]
        favours = super().create(vals_list)
        received = favours.filtered(
            lambda f: f.direction == "received" and f.state == "draft"
        )
        (received | favours.filtered(lambda f: f.state == "done")).sudo()._record()
        return favours

    def write(self, vals):
        """Guard life and register; a change of weight asks for a new decision."""
        if self.env.su:
            return super().write(vals)
        if LIFE_FIELDS & vals.keys():
            raise UserError(
                self.env._(
                    "A favour is given, approved or refused by its buttons: its state "
                    "and decision cannot be written."
                )
            )
        changed = self.filtered(lambda favour: favour._is_reweighed(vals))
        for favour in changed.filtered(lambda f: f.state == "done"):
            raise UserError(
                self.env._(
                    '"%(name)s" is recorded and counts: take it back first.',
                    name=favour.name,
                )
            )
        result = super().write(vals)
        changed.sudo()._withdraw()
        return result

    def _is_reweighed(self, vals):
        """Do these values change what was measured? The same value again does not."""
        for name in WEIGHT_FIELDS & vals.keys():
            field = self._fields[name]
            new = field.convert_to_cache(vals[name], self)
            if new != field.convert_to_cache(self[name], self):
                return True
        return False

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        """A draft can go; what was asked, decided or recorded stays in the register."""
        for favour in self:
            if favour.state != "draft" and not self.env.su:
                raise UserError(
                    self.env._(
                        '"%(name)s" is in the register: take it back first.',
                        name=favour.name,
                    )
                )
