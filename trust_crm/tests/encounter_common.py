# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command, fields

from .observer_case import ObserverCase

CALL = "mail.mail_activity_data_call"
MEETING = "mail.mail_activity_data_meeting"


class EncounterCase(ObserverCase):
    """A customer whom a seller calls and meets, and short words for how that felt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.encounters = cls.env["trust.encounter"]
        cls.seller = cls._new_user("caller", "trust_crm.group_trust_user")
        cls.customer.user_id = cls.seller
        cls.angry = cls.env.ref("trust_crm.feeling_angry")
        cls.joyful = cls.env.ref("trust_crm.feeling_joyful")
        cls.worried = cls.env.ref("trust_crm.feeling_worried")

    def done(self, document=None, kind=CALL, user=None):
        """Mark an activity done; return it."""
        user = user or self.seller
        document = (document or self.customer).with_user(user)
        activity = document.activity_schedule(kind, user_id=user.id)
        activity.action_feedback(feedback="Spoke with her")
        return activity

    def met(self, *guests, state="accepted", hours=2):
        """A meeting with the guests that is over."""
        start = fields.Datetime.now() - timedelta(hours=hours)
        guests = self.customer.union(*guests) if guests else self.customer
        event = self._make_meeting(start, guests)
        event.attendee_ids.state = state
        return event

    def log(self, record, person=None, *felt, user=None):
        """Log feelings as the popup does; return the encounter."""
        encounters = self.encounters.with_user(user or self.seller)
        offer = encounters.get_offer(record._name, record.id)
        who = next(
            one
            for one in offer["people"]
            if not person or one["partner_id"] == person.id
        )
        answer = {"encounter_id": False}
        for feeling, strength, stage in felt or [(self.joyful, 3, "during")]:
            values = {"feeling_id": feeling.id, "strength": strength, "stage": stage}
            answer = encounters.log_feeling(
                [record._name, record.id], who, values, answer["encounter_id"]
            )
        return encounters.browse(answer["encounter_id"])

    @classmethod
    def encounter(cls, *felt, partner=None, days_ago=0, **values):
        """An encounter written by hand: (feeling, strength[, stage]) each."""
        lines = [
            Command.create(
                dict(
                    zip(
                        ("feeling_id", "strength", "stage"),
                        (line[0].id, *line[1:]),
                        strict=False,
                    )
                )
            )
            for line in felt
        ]
        return cls.encounters.create(
            {
                "partner_id": (partner or cls.customer).id,
                "user_id": cls.seller.id,
                "date": cls.now - timedelta(days=days_ago),
                "feeling_ids": lines,
                **values,
            }
        )

    def live(self, subject=None):
        """[(signal, source model)] of the live evidence of contact and advice."""
        subject = subject or self.customer
        link = "lead_id" if subject._name == "crm.lead" else "partner_id"
        self.env.cr.flush()
        rows = self.evidence.search(
            [
                (link, "=", subject.id),
                ("state", "=", "live"),
                (
                    "signal_id.code",
                    "in",
                    ("human_contact", "meeting_held", "honest_advice"),
                ),
            ]
        )
        return sorted((row.signal_id.code, row.source_model) for row in rows)
