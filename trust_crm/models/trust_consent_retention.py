# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain

from .trust_interest_subject import HELD, INTERESTS

OFFICER = "trust_crm.group_trust_privacy"
GRACE = "trust_crm.memory_grace_days"
GRACE_DAYS = 30


class TrustConsent(models.Model):
    """What happens when a ground is gone: hidden, listed, removed.

    The officer sees of whom something is left, how much and until when; not the words.
    """

    _inherit = "trust.consent"  # pylint: disable=consider-merging-classes-inherited

    removal_date = fields.Date(
        "Removed From",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="What this ground alone covered is hidden now and removed on this day.",
    )
    removed_date = fields.Date("Removed On", readonly=True, copy=False)
    left_count = fields.Integer(
        "Still Kept",
        compute="_compute_left_count",
        groups=OFFICER,
        help="Days, interests and notes that are hidden and not removed yet.",
    )

    # COMPUTE

    @api.depends("partner_id", "removal_date")
    def _compute_left_count(self):
        left = self.sudo().partner_id._count_trust_lapsed()
        for consent in self:
            per_part = left.get(consent.sudo().partner_id.id, {})
            consent.left_count = sum(
                number for part, number in per_part.items() if consent._covers(part)
            )

    # ACTIONS

    def action_remove_now(self):
        """The officer need not wait for the last day."""
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only a privacy officer removes it earlier."))
        self.check_access("write")
        people = self.sudo().filtered("removal_date").partner_id
        people._settle_trust_grounds()
        people._forget_trust_lapsed(fields.Date.today(), people)
        return True

    # BUSINESS

    def _covers(self, part):
        return self.purpose in ("all", part)

    @api.model
    def _get_grace(self):
        """For how many days what is hidden is kept."""
        days = self.env["ir.config_parameter"].sudo().get_param(GRACE)
        return timedelta(days=int(days) if days else GRACE_DAYS)

    def _note_removal(self):
        """Put those on the officer's list of which something is left."""
        left = self.partner_id._count_trust_lapsed()
        day = fields.Date.today() + self._get_grace()
        for consent in self:
            per_part = left.get(consent.partner_id.id, {})
            listed = consent.state != "standing" and any(
                consent._covers(part) for part in per_part
            )
            if bool(consent.removal_date) != listed:
                consent.removal_date = day if listed else False

    @api.model
    def _cron_retention(self):
        """Hourly: hide what lapsed by its last day, remove what waited long enough."""
        people = self.env["res.partner"].sudo()
        lapsed = people.browse()
        for part, keeper in people._get_trust_keepers():
            standing = self._get_standing_domain(part)
            covered = Domain("trust_consent_ids", "any", standing)
            lapsed |= keeper._find_uncovered(covered)
        lapsed._settle_trust_grounds()
        people._forget_trust_lapsed(fields.Date.today() - self._get_grace())
        people.browse([False])._forget_trust_person()  # rows whose person is gone


class TrustPersonalMixin(models.AbstractModel):
    """Rows that are hidden: found, counted, removed."""

    _inherit = "trust.personal.mixin"

    @api.model
    def _find_uncovered(self, covered):
        """People of whom something is shown that no ground covers any more."""
        shown = Domain("lapsed", "=", False) & Domain("partner_id", "!=", False)
        return (
            self.sudo().search(shown & ~Domain("partner_id", "any", covered)).partner_id
        )

    @api.model
    def _count_lapsed(self, partners):
        """``{partner id: number}`` of what is hidden."""
        hidden = Domain("lapsed", "!=", False) & Domain(
            "partner_id", "in", partners.ids
        )
        groups = self.sudo()._read_group(hidden, ["partner_id"], ["__count"])
        return {partner.id: number for partner, number in groups}

    @api.model
    def _forget_lapsed(self, until, partners=None):
        """Remove for good what is hidden since that day; return whose it was."""
        domain = Domain("lapsed", "<=", until)
        if partners is not None:
            domain &= Domain("partner_id", "in", partners.ids)
        rows = self.sudo().search(domain)
        people = rows.partner_id
        rows._forget()
        return people


class TrustInterest(models.Model):
    """The same for interests, which are a list on the person."""

    _inherit = "trust.interest"

    @api.model
    def _find_uncovered(self, covered):
        people = self.env["res.partner"].sudo().with_context(active_test=False)
        found = people.search(Domain(INTERESTS, "!=", False) & ~covered)
        return found - found._trust_insiders()

    @api.model
    def _count_lapsed(self, partners):
        return {p.id: len(p[HELD]) for p in partners.sudo() if p[HELD]}

    @api.model
    def _forget_lapsed(self, until, partners=None):
        people = self.env["res.partner"].sudo().with_context(active_test=False)
        domain = Domain("trust_interest_lapsed", "<=", until)
        if partners is not None:
            domain &= Domain("id", "in", partners.ids)
        found = people.search(domain)
        words = found[HELD]
        found.write({HELD: [Command.clear()], "trust_interest_lapsed": False})
        words._forget_unused()
        return found


class ResPartner(models.Model):
    """What is hidden of people, counted and removed; and people who are erased."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    # ORM

    def unlink(self):
        """With a person goes all that we remember of them, hidden or not."""
        words = self._forget_trust_person()
        result = super().unlink()
        words._forget_unused()
        return result

    # BUSINESS

    @api.model
    def _get_trust_keepers(self):
        """``(part, model)`` of what we know of people, each with the methods above."""
        return [
            ("occasions", self.env["trust.occasion"]),
            ("interests", self.env["trust.interest"]),
            ("memory", self.env["trust.memory"]),
        ]

    def _settle_trust_grounds(self):
        """Hide and show what the grounds of today say, at once."""
        for _part, keeper in self._get_trust_keepers():
            keeper._settle_lapsed(self)
        consents = self.env["trust.consent"].sudo()
        consents.search([("partner_id", "in", self.ids)])._note_removal()

    def _count_trust_lapsed(self):
        """``{partner id: {part: number}}`` of what is hidden."""
        counts = {}
        for part, keeper in self._get_trust_keepers():
            for partner_id, number in keeper._count_lapsed(self).items():
                counts.setdefault(partner_id, {})[part] = number
        return counts

    @api.model
    def _forget_trust_lapsed(self, until, partners=None):
        """Remove what is hidden since ``until``, of these people or of everybody."""
        found = self.browse()
        for _part, keeper in self._get_trust_keepers():
            found |= keeper._forget_lapsed(until, partners)
        consents = self.env["trust.consent"].sudo()
        done = consents.search(
            [("partner_id", "in", found.ids), ("removal_date", "!=", False)]
        )
        done._note_removal()
        done.filtered(lambda c: not c.removal_date).removed_date = fields.Date.today()

    def _forget_trust_person(self):
        """Delete rows about these people; return the words that they alone may have."""
        mine = Domain("partner_id", "in", list(self._ids))
        for model in ("trust.occasion", "trust.memory"):
            self.env[model].sudo().search(mine)._forget()
        self.env["trust.consent"].sudo().search(mine).unlink()
        return self.sudo()[INTERESTS] | self.sudo()[HELD]
