# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

MEMBERS = "trust_crm.group_trust_user"


class TrustEncounterDoorMixin(models.AbstractModel):
    """Where people come back to from a customer: the popup, and the warning."""

    _name = "trust.encounter.door.mixin"
    _description = "Door to Encounters"

    trust_last_feeling = fields.Char(
        "Last Strong Feeling", compute="_compute_trust_last_feeling", groups=MEMBERS
    )

    # COMPUTE

    @api.depends_context("lang", "tz", "uid", "company")
    def _compute_trust_last_feeling(self):
        people = self._get_felt_by()
        found = self.env["trust.encounter"]._last_strong_feeling(
            self.env["res.partner"].union(*people.values())
        )
        for record in self:
            partner = people[record.id]
            record.trust_last_feeling = found.get(partner.id, {}).get("sentence", False)

    # ACTIONS

    def action_log_trust_encounter(self):
        """The popup, for a contact with this customer that was not planned."""
        self.ensure_one()
        action = self.env["trust.encounter"]._get_offer_action(self)
        if not action:
            raise UserError(self.env._("There is no customer yet."))
        return action

    @api.readonly
    def action_open_trust_feeling(self):
        """The encounter or complaint in which it was felt."""
        self.ensure_one()
        partner = self._get_felt_by()[self.id]
        found = self.env["trust.encounter"]._last_strong_feeling(partner)
        if partner.id not in found:
            raise UserError(self.env._("It has been healed since."))
        return {
            "type": "ir.actions.act_window",
            "res_model": found[partner.id]["res_model"],
            "res_id": found[partner.id]["res_id"],
            "views": [(False, "form")],
        }

    # BUSINESS

    def _get_felt_by(self):
        """Return ``{id: the partner whose feelings count here}``."""
        if self._name == "res.partner":
            return {partner.id: partner._origin for partner in self}
        return {record.id: record.partner_id._origin for record in self}


class TrustSubjectMixin(models.AbstractModel):
    """Partner and lead: the encounters with this customer."""

    _name = "trust.subject.mixin"
    _inherit = ["trust.subject.mixin", "trust.encounter.door.mixin"]

    trust_encounter_count = fields.Integer(
        "Encounters", compute="_compute_trust_encounter_count", groups=MEMBERS
    )

    # COMPUTE

    def _compute_trust_encounter_count(self):
        self._count_trust("trust_encounter_count")

    # ACTIONS

    @api.readonly
    def action_view_trust_encounters(self):
        """The encounters with this customer, the last one first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_encounter_action"
        )
        link = "lead_id" if self._name == "crm.lead" else "partner_id"
        return action | {
            "domain": list(self._get_trust_encounter_domain()),
            "context": {f"default_{link}": self.id, "trust_who": True},
        }

    # BUSINESS

    def _get_trust_encounter_domain(self):
        """Encounters about this lead and its customer, or this customer's people."""
        self.ensure_one()
        if self._name != "crm.lead":
            return self._get_trust_people_domain()
        domain = Domain("lead_id", "in", self.ids)
        if self.partner_id:
            domain |= Domain("partner_id", "=", self.partner_id.id)
        return domain

    def _trust_traces(self):
        met = ("trust.encounter", "partner_id")
        return super()._trust_traces() | {
            "trust_encounter_count": [met, ("trust.encounter", "lead_id")],
            "trust_last_feeling": [met, ("trust.complaint", "partner_id")],
        }

    def _trust_counted(self):
        return super()._trust_counted() | {
            "trust_encounter_count": (
                "trust.encounter",
                self._get_trust_encounter_domain(),
            )
        }


class TrustComplaint(models.Model):
    """A complaint: what the customer felt last, and the talks about it."""

    _name = "trust.complaint"
    _inherit = ["trust.complaint", "trust.encounter.door.mixin"]

    encounter_ids = fields.One2many(
        "trust.encounter", "complaint_id", copy=False, groups=MEMBERS
    )


class TrustEncounter(models.Model):
    """An encounter asks for feedback about itself."""

    _inherit = "trust.encounter"

    # ACTIONS

    def action_ask_trust_feedback(self):
        """Ask the person met about this encounter."""
        self.ensure_one()
        if not self.partner_id:
            raise UserError(self.env._("There is no customer yet."))
        return self.env["trust.feedback.ask"]._open(self.partner_id, about=self)


class CrmLead(models.Model):
    """Encounters follow their lead: to its customer, and into a merge."""

    _inherit = "crm.lead"

    # BUSINESS

    def _trust_promises_to(self, partner):
        """Encounters are addressed to the customer with the promises."""
        result = super()._trust_promises_to(partner)
        domain = [("lead_id", "in", self.ids), ("partner_id", "=", False)]
        encounters = self.env["trust.encounter"].sudo().search(domain)
        encounters.write({"partner_id": partner.id})
        return result

    @api.model
    def _trust_lead_links(self):
        return super()._trust_lead_links() + [("trust.encounter", "lead_id")]


class ResPartner(models.Model):
    """Whom we met is a customer."""

    _inherit = "res.partner"

    # BUSINESS

    @api.model
    def _trust_customer_models(self):
        return [*super()._trust_customer_models(), "trust.encounter"]
