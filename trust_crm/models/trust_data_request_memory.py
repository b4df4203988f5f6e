# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.fields import Domain

from .trust_words import join_words


class TrustDataRequest(models.Model):
    """A third wish that is fulfilled at once: to be remembered, or not to be."""

    _inherit = "trust.data.request"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[
            ("no_memory", "Forget what is personal"),
            ("memory", "Remember what is personal"),
        ],
        ondelete={"no_memory": "cascade", "memory": "cascade"},
    )


class ResPartner(models.Model):
    """What a person sees on the portal of what we remember, and what they decide.

    Their days and interests, never a note: what colleagues wrote down for each other
    stays inside, what was told in confidence all the more.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _get_held_personal(self):
        """Days, interests and grounds as this person may see them.

        :return: dict with ``occasions``, ``interests`` (what is not hidden)
            and ``grounds`` (those that stand)
        """
        self.ensure_one()
        person, env = self.sudo(), self.sudo().env
        mine = [("partner_id", "=", person.id)]
        standing = env["trust.consent"]._get_standing_domain()
        return {
            "occasions": env["trust.occasion"].search([*mine, ("lapsed", "=", False)]),
            "interests": person.trust_interest_ids,
            "interest_names": join_words(
                self.env, person.trust_interest_ids.mapped("name")
            ),
            "grounds": env["trust.consent"].search(standing & Domain(mine)),
        }

    def _trust_wish(self, kind):
        if kind == "no_memory":
            return self._trust_wish_forget()
        if kind == "memory":
            return self._trust_wish_remember()
        return super()._trust_wish(kind)

    def _trust_wish_forget(self):
        """Every ground is withdrawn: hidden the same moment, removed later."""
        grounds = self._get_held_personal()["grounds"]
        if not grounds:
            return False
        grounds.action_withdraw()
        self.env["trust.data.request"]._note_done(self, "no_memory")
        return True

    def _trust_wish_remember(self):
        """They agree themselves: what was not removed yet is there again."""
        if self._filter_trust_ground("all"):
            return False
        self.env["trust.consent"].sudo().create(
            {"partner_id": self.id, "note": self.env._("Said so on the portal")}
        )
        self.env["trust.data.request"]._note_done(self, "memory")
        return True
