# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..tools.contact_cadence import LONGEST

CIRCLE_DAYS = {"contact_ideal_days", "contact_max_days"}


def check_days(env, name, ideal, longest):
    """Refuse a rhythm that cannot be."""
    if min(ideal, longest) < 0 or max(ideal, longest) > LONGEST:
        raise ValidationError(
            env._(
                "Days between contacts of %(name)s lie between 0 and %(most)s.",
                name=name,
                most=LONGEST,
            )
        )
    if ideal and longest and longest < ideal:
        raise ValidationError(
            env._(
                "%(name)s: at most after %(longest)s days cannot be sooner than "
                "ideally after %(ideal)s.",
                name=name,
                longest=longest,
                ideal=ideal,
            )
        )


class TrustCircle(models.Model):
    """How often to be in touch with those of a circle (S16)."""

    _inherit = "trust.circle"

    contact_ideal_days = fields.Integer(
        "In Touch Every (Days)",
        help="Ideally so many days lie between two contacts with a customer of this "
        "circle. 0: nobody is reminded.",
    )
    contact_max_days = fields.Integer(
        "At Most After (Days)",
        help="After so many days without contact it is overdue. 0: never.",
    )

    # CONSTRAINTS

    @api.constrains("contact_ideal_days", "contact_max_days")
    def _check_contact_days(self):
        for circle in self:
            days = circle.contact_ideal_days, circle.contact_max_days
            check_days(self.env, circle.name, *days)

    # ORM

    def write(self, vals):
        result = super().write(vals)
        if CIRCLE_DAYS & vals.keys():
            self.env.registry.clear_cache()
            self.env["trust.relationship"]._invalidate_cadence()
        return result

    # BUSINESS

    @api.model
    @tools.ormcache()
    def _contact_rhythms(self):
        """Return ``{circle id: (ideal, longest)}``; None: who is in no circle yet.

        Whoever has too little evidence for a circle is an outsider to us.
        """
        circles = self.sudo().search([("level", ">=", 0)], order="level")
        rhythms = {c.id: (c.contact_ideal_days, c.contact_max_days) for c in circles}
        return rhythms | {None: rhythms.get(circles[:1].id, (0, 0))}


class ResPartner(models.Model):
    """A customer's own rhythm comes before that of the circle."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    trust_ideal_days = fields.Integer(
        "Own Rhythm (Days)",
        prefetch="trust",
        copy=False,
        groups="trust_crm.group_trust_user",
        help="Be in touch with this customer every so many days. 0: as often as with "
        "others of the circle.",
    )
    trust_max_days = fields.Integer(
        "Own Limit (Days)",
        prefetch="trust",
        copy=False,
        groups="trust_crm.group_trust_user",
        help="Overdue after so many days without contact. 0: as in the circle.",
    )
    trust_cadence_reason = fields.Char(
        "Why This Rhythm",
        prefetch="trust",
        copy=False,
        groups="trust_crm.group_trust_user",
    )

    @api.constrains("trust_ideal_days", "trust_max_days")
    def _check_trust_days(self):
        for partner in self:
            own = partner.sudo()
            days = own.trust_ideal_days, own.trust_max_days
            check_days(self.env, own.display_name, *days)
