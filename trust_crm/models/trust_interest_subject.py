# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Command, Domain

SEEN_BY = "trust_crm.group_trust_user,trust_crm.group_trust_privacy"
INTERESTS = "trust_interest_ids"
HELD = "trust_interest_lapsed_ids"


class TrustInterest(models.Model):
    """The catalogue forgets words that were about one person only."""

    _inherit = "trust.interest"

    @api.model
    def _settle_lapsed(self, partners):
        """Put away the interests that no ground covers, give back what one covers."""
        people = partners.sudo() - partners._trust_insiders()
        covered = people._filter_trust_ground("interests")
        for person in (people - covered).filtered(INTERESTS):
            person.write(
                {
                    HELD: [Command.link(i) for i in person[INTERESTS].ids],
                    INTERESTS: [Command.clear()],
                    "trust_interest_lapsed": fields.Date.today(),
                }
            )
        for person in covered.filtered(HELD):
            person.write(
                {
                    INTERESTS: [Command.link(i) for i in person[HELD].ids],
                    HELD: [Command.clear()],
                    "trust_interest_lapsed": False,
                }
            )

    def _forget_unused(self):
        """Delete those that nobody has and that no data file ships."""
        people = self.env["res.partner"].sudo().with_context(active_test=False)
        used = people.search(
            Domain(INTERESTS, "in", self.ids) | Domain(HELD, "in", self.ids)
        )
        shipped = self.env["ir.model.data"].sudo()
        known = shipped.search([("model", "=", self._name), ("res_id", "in", self.ids)])
        left = self - used[INTERESTS] - used[HELD] - self.browse(known.mapped("res_id"))
        left.unlink()


class ResPartner(models.Model):
    """What a person cares about."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    trust_interest_ids = fields.Many2many(
        "trust.interest",
        "trust_interest_partner_rel",
        "partner_id",
        "interest_id",
        "Interests",
        copy=False,
        groups=SEEN_BY,
        help="What this person cares about, besides our business.",
    )
    # Put away when the ground is gone, until a new one comes or they are removed.
    trust_interest_lapsed_ids = fields.Many2many(
        "trust.interest",
        "trust_interest_lapsed_rel",
        "partner_id",
        "interest_id",
        "Interests Put Away",
        copy=False,
        groups=fields.NO_ACCESS,
    )
    trust_interest_lapsed = fields.Date(
        index="btree_not_null", prefetch="trust", copy=False, groups=fields.NO_ACCESS
    )

    # CONSTRAINTS

    @api.constrains("trust_interest_ids")
    def _check_trust_interest_ids(self):
        """Colleagues enter their own; of all others we need a ground."""
        people = self.sudo().filtered(INTERESTS)
        people -= people._trust_insiders()
        people._check_trust_person()
        people._check_trust_ground("interests")


class ResUsers(models.Model):
    """Employees say themselves what they care about, on their preferences."""

    _inherit = "res.users"

    def write(self, vals):
        """Interests are on the contact, which not everybody may write."""
        own = self == self.env.user and INTERESTS in vals and not self.env.su
        if own and self._has_field_access(self._fields[INTERESTS], "write"):
            vals = dict(vals)
            self.partner_id.sudo().write({INTERESTS: vals.pop(INTERESTS)})
        return super().write(vals)
