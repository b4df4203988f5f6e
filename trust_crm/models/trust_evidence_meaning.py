# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

MEANING = ("belief", "process", "bond_kind")


class TrustEvidence(models.Model):
    """What a fact means for trust (S8, S10, S21): its signal says so.

    Nothing is stored; it filters and groups all the same, in lists and in the pivot.
    """

    _inherit = "trust.evidence"  # pylint: disable=consider-merging-classes-inherited

    belief = fields.Selection(related="signal_id.belief")
    process = fields.Selection(related="signal_id.process")
    bond_kind = fields.Selection(related="signal_id.bond_kind")
    step = fields.Selection(related="signal_id.step")


class TrustSignal(models.Model):
    """What a fact means, in a few words beside a reason."""

    _inherit = "trust.signal"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _say_meaning(self):
        """Return which belief it feeds, how, and what kind of trust: as known."""
        labels = (
            dict(self._fields[name]._description_selection(self.env)).get(self[name])
            for name in MEANING
        )
        return " · ".join(filter(None, labels))
