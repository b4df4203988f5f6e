# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError

MEMBERS = "trust_crm.group_trust_user"


class TrustEncounter(models.Model):
    """How it felt, in two taps: what the popup shows, and what a tap writes.

    The popup (``static/src/encounter``) is offered after a contact and opened from
    partner, lead, complaint and meeting. It names the record that it was opened from;
    what an encounter is made from is found here, never taken from the browser.
    """

    _inherit = "trust.encounter"  # pylint: disable=consider-merging-classes-inherited

    # ACTIONS

    @api.model
    @api.readonly
    def get_offer(self, res_model, res_id):
        """Return what the popup shows, or False when it was no contact of a customer.

        :param str res_model: an activity that is done, a meeting, a partner, a lead, or
            any model with ``partner_id``; the user may read the record
        :return: ``{res_model, res_id, channel, what, people: [{partner_id, lead_id,
            name}], feelings: [{id, name, emoji, tone}]}``
        """
        record = self._get_offered(res_model, res_id)
        source = record and self._prepare_source(record)
        people = source and self._get_people(record)
        if not people:
            return False
        channels = dict(self._fields["channel"]._description_selection(self.env))
        return {
            "res_model": res_model,
            "res_id": res_id,
            "what": channels[source["channel"]],
            "people": people,
            "feelings": self._get_chips(),
        }

    @api.model
    def log_feeling(self, record, who, feeling, encounter_id=False):
        """Write down one feeling; the encounter too, when it is the first.

        :param record: ``[res_model, res_id]`` that the popup was opened from
        :param who: ``{partner_id, lead_id}``, one of the people of the offer
        :param feeling: ``{feeling_id, strength, stage}``; the same feeling of the same
            stage gets the new strength
        :param encounter_id: that an earlier call returned
        :return: ``{encounter_id, felt: [{id, name, emoji, strength, stage}]}``
        """
        encounter = self.browse(encounter_id or ())
        encounter = encounter or self._log(self._get_offered(*record), who)
        encounter._feel(**feeling)
        return encounter._prepare_felt()

    def take_back(self, felt_id):
        """Delete one feeling, and the encounter when nothing else was written."""
        self.ensure_one()
        self.feeling_ids.filtered(lambda felt: felt.id == felt_id).unlink()
        said = self.note or self.special or self.honest_advice
        if not self.feeling_ids and not said:
            self.unlink()
            return {"encounter_id": False, "felt": []}
        return self._prepare_felt()

    def _get_form_action(self, target="current"):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Encounter"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": target,
        }

    @api.model
    def _get_offer_action(self, record):
        """The client action that opens the popup for ``record``, or False.

        Buttons return it, and acts of Today as ``open``.
        """
        if not self.env.user.has_group(MEMBERS):
            return False
        offer = self.get_offer(record._name, record.id)
        return offer and {
            "type": "ir.actions.client",
            "tag": "trust_crm.encounter",
            "params": {"offer": offer},
        }

    # WHAT IS OFFERED

    @api.model
    def _get_offered(self, res_model, res_id):
        """The record, readable by the user; a document for an activity is read too."""
        record = self.env[res_model].browse(res_id)
        if res_model == "mail.activity":
            record = record.sudo().exists()
            if record.user_id != self.env.user and record:
                record.sudo(False).check_access("read")
            if not record or not record.res_model:
                return False
            document = self.env[record.res_model].browse(record.res_id)
            return document.has_access("read") and record
        record.check_access("read")
        return record

    # WITH WHOM

    def _get_people(self, record):
        """Whom the user met: one person, or the guests of a meeting."""
        if record._name == "calendar.event":
            lead = record.opportunity_id
            guests = record.sudo().partner_ids - record.user_id.partner_id
            guests = guests.filtered("partner_share")
            pairs = [(guest, lead.browse()) for guest in guests]
            pairs = pairs or [(lead.partner_id, lead)]
        elif record._name == "mail.activity":
            document = self.env[record.res_model].browse(record.res_id)
            pairs = [self._get_subject(document)]
        else:
            pairs = [self._get_subject(record)]
        return [
            {
                "partner_id": partner.id,
                "lead_id": lead.id,
                "name": self.new({"partner_id": partner, "lead_id": lead})._get_who(),
            }
            for partner, lead in pairs
            if (partner and not partner._trust_insiders()) or (lead and not partner)
        ]

    def _get_chips(self):
        """The catalogue, pleasant feelings first."""
        feelings = self.env["trust.feeling"].search_fetch([])
        tones = [tone for tone, _name in feelings._fields["tone"].selection]
        return [
            {"id": f.id, "name": f.name, "emoji": f.emoji or "", "tone": f.tone}
            for f in feelings.sorted(lambda f: tones.index(f.tone))
        ]

    # WRITING IT DOWN

    @api.model
    def _log(self, record, who):
        """The encounter of this contact with this person, made if missing."""
        allowed = record and self._get_people(record)
        person = {name: who.get(name) for name in ("partner_id", "lead_id")}
        if not allowed or person not in [
            {name: one[name] for name in person} for one in allowed
        ]:
            raise UserError(self.env._("Nobody was met there."))
        values = self._prepare_source(record)
        if not values:
            raise UserError(self.env._("This contact has not taken place yet."))
        return self._find_told(values, person) or self.create(values | person)

    def _find_told(self, values, person):
        """My own encounter of the same meeting with this person, or of the activity."""
        if message := values.get("message_id"):
            return self.search([("message_id", "=", message)], limit=1)
        event, partner = values.get("event_id"), person["partner_id"]
        if not event or not partner:
            return self.browse()
        domain = [("event_id", "=", event), ("partner_id", "=", partner)]
        return self.search([("user_id", "=", self.env.uid), *domain], limit=1)

    def _feel(self, feeling_id, strength, stage):
        """Add a feeling, or give it another strength."""
        self.ensure_one()
        same = self.feeling_ids.filtered(
            lambda felt: felt.feeling_id.id == feeling_id and felt.stage == stage
        )
        values = {"strength": strength}
        if same:
            same.write(values)
        else:
            values |= {"feeling_id": feeling_id, "stage": stage}
            self.write({"feeling_ids": [fields.Command.create(values)]})

    def _prepare_felt(self):
        self.ensure_one()
        return {
            "encounter_id": self.id,
            "felt": [
                {
                    "id": felt.id,
                    "name": felt.feeling_id.name,
                    "emoji": felt.feeling_id.emoji or "",
                    "strength": felt.strength,
                    "stage": felt.stage,
                }
                for felt in self.feeling_ids
            ],
        }
