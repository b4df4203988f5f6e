# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.fields import Domain

# The most telling question first; what is said anyway comes last.
ASKED_FIRST = ("real", "unstated", "delight", "secret", "stated")
TOPICS = 3
QUESTIONS = 2


class TrustToday(models.AbstractModel):
    """Open needs give something to talk about, and to ask a caller.

    The words of a secret need never show here, not even to who may read them: a screen
    is seen by others, and a secret is no topic.
    """

    _inherit = "trust.today"

    # BUSINESS

    def _get_topics(self, partners):
        """What is still needed, what is only guessed, and what nobody has asked."""
        topics = super()._get_topics(partners)
        prompts = self.env["trust.need"]._get_questions()
        for partner, needs in self._get_known_needs(partners).items():
            open_ = needs.filtered(lambda n: n.state != "met" and n.kind != "secret")
            words = [
                self.env._("Still needed: %s", need.name)
                if need.state == "confirmed"
                else self.env._("Is it so? %s", need.name)
                for need in open_.sorted(lambda n: n.state == "hypothesis")[:TOPICS]
            ]
            kind = next(iter(self._get_unasked(needs)), None)
            if kind:
                words.append(self.env._("Ask: %s", prompts[kind]))
            topics.setdefault(partner.id, []).extend(words)
        return topics

    def _get_need_questions(self, subject):
        """Questions of the card that nobody has asked this caller yet."""
        needs = self.env["trust.need"].search(subject._get_trust_need_domain())
        prompts = self.env["trust.need"]._get_questions()
        return [prompts[kind] for kind in self._get_unasked(needs)][:QUESTIONS]

    def _get_known_needs(self, partners):
        """``{partner: needs}`` of all, in one query."""
        families = partners.commercial_partner_id
        found = self.env["trust.need"].search(
            Domain(
                "partner_id", "any!", [("commercial_partner_id", "in", families.ids)]
            )
        )
        by_family = found.grouped(lambda n: n.sudo().partner_id.commercial_partner_id)
        nothing = found.browse()
        return {p: by_family.get(p.commercial_partner_id, nothing) for p in partners}

    @staticmethod
    def _get_unasked(needs):
        known = set(needs.mapped("kind"))
        return [kind for kind in ASKED_FIRST if kind not in known]
