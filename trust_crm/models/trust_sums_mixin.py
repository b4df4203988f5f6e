# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


def evidence_sum():
    """A column of arithmetic: no measure, and no label that a person would read."""
    return fields.Float(
        prefetch=False,
        aggregator=None,
        readonly=True,
        export_string_translation=False,
    )


class TrustSumsMixin(models.AbstractModel):
    """The twelve sums of evidence behind a score, in evidence units.

    One per component (credibility, reliability, intimacy, orientation) and group
    (positive, positive by our own staff, negative), decayed to the time of the fold.
    """

    _name = "trust.sums.mixin"
    _description = "Sums of Evidence"

    x_c_pos = evidence_sum()
    x_c_staff = evidence_sum()
    x_c_neg = evidence_sum()
    x_r_pos = evidence_sum()
    x_r_staff = evidence_sum()
    x_r_neg = evidence_sum()
    x_i_pos = evidence_sum()
    x_i_staff = evidence_sum()
    x_i_neg = evidence_sum()
    x_o_pos = evidence_sum()
    x_o_staff = evidence_sum()
    x_o_neg = evidence_sum()
