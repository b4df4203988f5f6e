# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.fields import Domain


class TrustSubjectMixin(models.AbstractModel):
    """Partner and lead: whose needs their card shows."""

    _inherit = "trust.subject.mixin"

    def _get_trust_need_domain(self):
        """Needs of the person, of the company behind, and of a company's people; of a
        lead its own and its customer's."""
        self.ensure_one()
        person = self._get_trust_person()
        domain = Domain(
            "partner_id", "in", (person | person.commercial_partner_id).ids
        ) | Domain("partner_id.commercial_partner_id", "in", person.ids)
        if self._name == "crm.lead":
            domain |= Domain("lead_id", "=", self.id)
        return domain

    def _get_trust_need_defaults(self):
        if self._name == "crm.lead":
            return {"lead_id": self.id, "partner_id": self.partner_id.id}
        return {"partner_id": self.id}

    def _trust_drop_needs(self, link, other):
        """Before these are deleted: their needs, unless somebody else has them too."""
        domain = [(link, "in", self.ids), (other, "=", False)]
        self.env["trust.need"].sudo().search(domain).unlink()


class ResPartner(models.Model):
    """What a deleted contact needed is nobody's."""

    _inherit = "res.partner"

    def unlink(self):
        self._trust_drop_needs("partner_id", "lead_id")
        return super().unlink()


class CrmLead(models.Model):
    """Needs go along when a lead is converted, merged or deleted."""

    _inherit = "crm.lead"

    # ORM

    def unlink(self):
        if not self.env.context.get("trust_merging"):
            self._trust_drop_needs("lead_id", "partner_id")
        return super().unlink()

    # BUSINESS

    def _trust_customer_found(self):
        """After the evidence has moved, so that nothing is voided and told again."""
        result = super()._trust_customer_found()
        needs = self.env["trust.need"].sudo()
        orphans = needs.search(
            [("lead_id", "in", self.ids), ("partner_id", "=", False)]
        )
        for partner, found in orphans.grouped(lambda x: x.lead_id.partner_id).items():
            if partner and not partner._trust_insiders():
                found.write({"partner_id": partner.id})
        return result

    def _merge_opportunity(self, *args, **kwargs):
        """Merged leads are deleted after their needs have moved: nothing to drop."""
        merging = self.with_context(trust_merging=True)
        merged = super(CrmLead, merging)._merge_opportunity(*args, **kwargs)
        return merged.with_env(self.env)

    @api.model
    def _trust_lead_links(self):
        """The one that stays has the needs of all, found on it or served by it."""
        links = [("trust.need", "lead_id"), ("trust.need", "opportunity_id")]
        return super()._trust_lead_links() + links
