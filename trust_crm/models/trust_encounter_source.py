# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

CHANNEL_OF = {"phonecall": "call", "meeting": "meeting"}
RECENT = timedelta(hours=12)


class TrustEncounter(models.Model):
    """What an encounter is made from: an activity done, or a meeting that took place.

    Of an activity the message counts that marking it done leaves, as in
    ``trust_signal_contact.py``.
    """

    _inherit = "trust.encounter"  # pylint: disable=consider-merging-classes-inherited

    # CONSTRAINTS

    @api.constrains("partner_id", "lead_id", "message_id", "event_id")
    def _check_source(self):
        """What replaces the evidence of a contact is about the same customer."""
        for encounter in self.sudo():
            if not all(encounter._is_among(*met) for met in encounter._get_met()):
                raise ValidationError(
                    self.env._(
                        "This encounter was made from a contact with somebody else: "
                        "write down one of its own for %(name)s.",
                        name=encounter._get_who(),
                    )
                )

    def _get_met(self):
        """Yield (people, lead) of the meeting and of the activity it was made from."""
        if event := self.event_id:
            lead = event.opportunity_id
            yield event.partner_ids | lead.partner_id, lead
        if message := self.message_id:
            yield self._get_subject(self._get_document(message))

    def _is_among(self, people, lead):
        if lead and lead == self.lead_id:
            return True
        return self.partner_id.commercial_partner_id in people.commercial_partner_id

    # ACTIONS

    @api.readonly
    def action_open_source(self):
        """Open the meeting, complaint or record on which the contact was noted."""
        self.ensure_one()
        document = self.event_id or self.complaint_id
        document = document or self._get_document(self.sudo().message_id)
        document = document.sudo(False)
        if not document:
            raise UserError(self.env._("The record is gone."))
        document.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "views": [(False, "form")],
        }

    # BUSINESS

    @api.model
    def _prepare_source(self, record):
        """Return the values of an encounter made from this record, False for none."""
        if record._name == "mail.activity":
            return self._prepare_activity_source(record)
        if record._name == "calendar.event":
            if record.stop > fields.Datetime.now():
                return False
            return {"channel": "meeting", "date": record.stop, "event_id": record.id}
        message = self._find_done(record)
        values = {}
        if message:
            values = self._prepare_message_source(message)
        elif record._name == "trust.complaint":
            values["channel"] = "call"
        if record._name == "trust.complaint":
            values |= {
                "complaint_id": record.id,
                "touchpoint_id": record.touchpoint_id.id,
            }
        return {"channel": "call", "date": fields.Datetime.now()} | values

    def _prepare_activity_source(self, activity):
        """Of an activity that is done and was contact; else False."""
        if activity.active:
            return False
        message = activity.env["mail.message"].search(
            [
                ("model", "=", activity.res_model),
                ("res_id", "=", activity.res_id),
                ("mail_activity_type_id", "=", activity.activity_type_id.id),
                ("create_date", ">=", activity.date_done),
            ],
            order="id desc",
            limit=1,
        )
        channel = self._get_channel(activity.activity_type_id)
        if not message or not channel:
            return False
        event = activity.calendar_event_id
        return self._prepare_message_source(message) | (
            {"event_id": event.id} if self._was_held(event) else {}
        )

    def _prepare_message_source(self, message):
        """Of a call, visit or meeting done; the calendar's meeting, if it was that."""
        channel = self._get_channel(message.mail_activity_type_id)
        event = self._find_meeting(message) if channel == "meeting" else None
        return {
            "channel": channel,
            "date": message.date,
            "message_id": message.id,
            "event_id": event.id if event else False,
        }

    @api.model
    def _get_channel(self, activity_type):
        """How such an activity meets the customer; False when it does not."""
        visit = self.env.ref(
            "trust_crm.mail_activity_type_visit", raise_if_not_found=False
        )
        if visit and activity_type == visit:
            return "visit"
        return CHANNEL_OF.get(activity_type.category, False)

    def _was_held(self, event):
        return event and event.active and event.stop <= fields.Datetime.now()

    def _find_meeting(self, message):
        """The meeting with this customer that ended on the message's day or before.

        The same as collection takes it for (``trust_signal_contact.py``).
        """
        partner = self._get_subject(self._get_document(message))[0]
        day = fields.Datetime.to_datetime(message.date.date())
        attendee = self.env["calendar.attendee"].sudo()
        return attendee.search(
            [
                ("state", "=", "accepted"),
                ("event_id.active", "=", True),
                ("event_id.stop", ">=", day - timedelta(days=1)),
                ("event_id.stop", "<", day + timedelta(days=1)),
                ("event_id.stop", "<=", fields.Datetime.now()),
                (
                    "partner_id.commercial_partner_id",
                    "=",
                    partner.commercial_partner_id.id or 0,
                ),
            ],
            order="id desc",
            limit=1,
        ).event_id

    def _find_done(self, record):
        """My last call, visit or meeting done on this record today, not yet told.

        Who presses "Log how it felt" after marking a call done means that call.
        """
        since = fields.Datetime.now() - RECENT
        message = self.env["mail.message"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("author_id", "=", self.env.user.partner_id.id),
                ("mail_activity_type_id", "!=", False),
                ("date", ">=", since),
            ],
            limit=1,
        )
        told = message and self.sudo().search_count(
            [("message_id", "=", message.id)], limit=1
        )
        contact = self._get_channel(message.mail_activity_type_id)
        return message if contact and not told else message.browse()

    @api.model
    def _get_document(self, message):
        """The record that a message was written on."""
        model = self.env.get(message.model or "")
        if model is None or not message.res_id:
            return self.env["res.partner"]
        return model.browse(message.res_id).exists()

    @api.model
    def _get_subject(self, document):
        """Return (partner, lead) that a document is about; one of them may be empty."""
        partner, lead = self.env["res.partner"], self.env["crm.lead"]
        if document._name == "res.partner":
            return document, lead
        if document._name == "crm.lead":
            return document.partner_id, document
        if "partner_id" in document and document["partner_id"]._name == "res.partner":
            partner = document.partner_id
        return partner, lead
