# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Command

from .trust_interest_subject import INTERESTS, SEEN_BY

# What an import of contacts may add to, and never change or take away.
KEPT = ("trust_occasion_ids", "trust_memory_ids", "trust_consent_ids")
MAY = ("trust_may_occasions", "trust_may_interests", "trust_may_memory")


class ResPartner(models.Model):
    """The page Person: what may be remembered, and the way to a ground."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    trust_is_person = fields.Boolean(compute="_compute_trust_is_person", groups=SEEN_BY)
    trust_may_occasions = fields.Boolean(compute="_compute_trust_may", groups=SEEN_BY)
    trust_may_interests = fields.Boolean(compute="_compute_trust_may", groups=SEEN_BY)
    trust_may_memory = fields.Boolean(compute="_compute_trust_may", groups=SEEN_BY)

    # COMPUTE

    @api.depends("is_company", "partner_share")
    def _compute_trust_is_person(self):
        for partner in self:
            partner.trust_is_person = not partner.is_company and partner.partner_share

    @api.depends("trust_consent_ids.purpose", "trust_consent_ids.state")
    def _compute_trust_may(self):
        """What a ground covers today."""
        consents = self.env["trust.consent"].sudo()
        standing = consents._get_standing_domain()
        groups = consents._read_group(
            standing & fields.Domain("partner_id", "in", self._origin.ids),
            ["partner_id"],
            ["purpose:array_agg"],
        )
        purposes = {partner.id: set(found) for partner, found in groups}
        for partner in self:
            known = purposes.get(partner._origin.id, set())
            partner.trust_may_occasions = bool(known & {"all", "occasions"})
            partner.trust_may_interests = bool(known & {"all", "interests"})
            partner.trust_may_memory = bool(known & {"all", "memory"})

    # ORM

    def _load_records_write(self, values):
        """An import of contacts adds to what we remember; it takes nothing away."""
        values = dict(values)
        if INTERESTS in values:
            words = (
                self.browse()
                ._fields[INTERESTS]
                .convert_to_cache(values[INTERESTS], self.browse(), validate=False)
            )
            values[INTERESTS] = [Command.link(id_) for id_ in words]
        for name in KEPT:
            if name in values:
                values[name] = [c for c in values[name] if c[0] == Command.CREATE]
        return super()._load_records_write(values)

    # BUSINESS

    def _trust_traces(self):
        grounds = [("trust.consent", "partner_id")]
        return super()._trust_traces() | dict.fromkeys(MAY, grounds)

    # ACTIONS

    @api.readonly
    def action_record_trust_ground(self):
        """Record on what ground we remember this person."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record a ground"),
            "res_model": "trust.consent",
            "views": [
                [self.env.ref("trust_crm.trust_consent_view_form_quick").id, "form"]
            ],
            "target": "new",
            "context": {"default_partner_id": self.id},
        }
