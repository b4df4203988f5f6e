# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import format_amount

from ..tools import favour_limits
from .trust_favour import COUNTED


class TrustFavour(models.Model):
    """How a favour stands to the limits.

    Measured with all favours there are, not only with those that the user sees: the
    words tell sums, and nothing of whom they come from.
    """

    _inherit = "trust.favour"  # pylint: disable=consider-merging-classes-inherited

    excess = fields.Text(
        "Above the Limit",
        compute="_compute_excess",
        help="Which limits it goes above, with all that is given within a year.",
    )

    # COMPUTE

    @api.depends(
        "direction",
        "state",
        "value",
        "currency_id",
        "date",
        "partner_id",
        "user_id",
        "company_id",
    )
    def _compute_excess(self):
        for favour in self:
            settled = favour.direction != "given" or favour.state == "done"
            favour.excess = not settled and "\n".join(favour._say_excess()) or False

    # BUSINESS

    def _say_excess(self):
        """One sentence for each limit that this favour goes above."""
        self.ensure_one()
        limit = self._get_limit()
        return [
            self._get_excess_sentence(
                name,
                format_amount(self.env, total, limit.currency_id),
                format_amount(self.env, limit[name], limit.currency_id),
            )
            for name, total in self._get_totals(limit).items()
            if limit[name] and limit.currency_id.compare_amounts(total, limit[name]) > 0
        ]

    def _get_excess_sentence(self, name, total, limit):
        amounts = {"total": total, "limit": limit}
        if name == "per_gift":
            return self.env._(
                "%(total)s for one favour, the limit is %(limit)s.", **amounts
            )
        if name == "per_year":
            return self.env._(
                "%(total)s for this customer within a year, the limit is %(limit)s.",
                **amounts,
            )
        return self.env._(
            "%(total)s by this employee within a year, the limit is %(limit)s.",
            **amounts,
        )

    def _get_limit(self):
        limits = self.env["trust.favour.limit"].sudo()
        if self.direction != "given" or not self.value or not self.date:
            return limits
        return limits._find(self.company_id, self.currency_id, self.date)

    def _get_totals(self, limit):
        """{limit: what stands against it with this favour}, in the limit's currency."""
        if not limit:
            return {}
        worth = self._get_worth(limit)
        others = self._get_others()
        family = self.sudo().partner_id.commercial_partner_id
        theirs = others.filtered(
            lambda f: family and f.partner_id.commercial_partner_id == family
        )
        by_me = others.filtered(lambda f: f.user_id == self.user_id)
        return {
            "per_gift": worth,
            "per_year": self._get_year(limit, worth, theirs),
            "per_employee": self._get_year(limit, worth, by_me),
        }

    def _get_year(self, limit, worth, others):
        gifts = [(other.date, other._get_worth(limit)) for other in others]
        return favour_limits.heaviest_year(gifts, self.date, worth)

    def _get_worth(self, limit):
        """The value in the limit's currency, at the rate of the favour's own day."""
        return self.currency_id._convert(
            self.value, limit.currency_id, self.company_id, self.date, round=False
        )

    def _get_others(self):
        """What else is given that may share a year with this favour."""
        first, last = favour_limits.reach(self.date)
        partner = self.sudo().partner_id._origin
        return self.sudo().search_fetch(
            [
                ("company_id", "=", self.company_id.id),
                ("direction", "=", "given"),
                ("state", "in", COUNTED),
                ("value", ">", 0),
                ("date", ">=", first),
                ("date", "<=", last),
                ("id", "!=", self._origin.id),
                "|",
                ("user_id", "=", self.user_id.id),
                (
                    "partner_id.commercial_partner_id",
                    "=",
                    partner.commercial_partner_id.id,
                ),
            ],
            ["date", "value", "currency_id", "partner_id", "user_id", "company_id"],
        )
