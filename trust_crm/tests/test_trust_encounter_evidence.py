# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .encounter_common import MEETING, EncounterCase

MESSAGE = [("human_contact", "mail.message")]
ENCOUNTER = [("human_contact", "trust.encounter")]
ATTENDEE = [("meeting_held", "calendar.attendee")]
MET = [("meeting_held", "trust.encounter")]


@tagged("post_install", "-at_install")
class TestTrustEncounterEvidence(EncounterCase):
    """C8: one fact, one evidence, in whatever order it becomes known."""

    def test_by_hand(self):
        """H8: an encounter is contact, in the voice of staff, on its day."""
        encounter = self.encounter(days_ago=3)
        self.assertEqual(self.live(), ENCOUNTER)
        row = encounter._trust_evidence_rows()
        self.assertEqual(row.voice, "staff")
        self.assertEqual(row.user_id, self.seller)
        self.assertEqual(row.date, encounter.date.replace(microsecond=0))
        encounter.date -= timedelta(days=1)
        self.assertEqual(self.live(), ENCOUNTER)
        encounter.unlink()
        self.assertEqual(self.live(), [])

    def test_honest_advice(self):
        """H8: "advised against our own sale" speaks, and can be taken back."""
        self.assertTrue(self.env.ref("trust_crm.signal_honest_advice").active)
        encounter = self.encounter(honest_advice=True)
        self.assertEqual(
            self.live(), [("honest_advice", "trust.encounter"), *ENCOUNTER]
        )
        encounter.honest_advice = False
        self.assertEqual(self.live(), ENCOUNTER)

    # ACTIVITIES

    def test_activity_then_encounter_then_collect(self):
        """C8: an encounter logged before collection: the activity is left out."""
        self.log(self.done())
        self._collect()
        self.assertEqual(self.live(), ENCOUNTER)

    def test_collect_then_encounter(self):
        """C8: an encounter logged after collection replaces what was found."""
        activity = self.done()
        self._collect()
        self.assertEqual(self.live(), MESSAGE)
        self.log(activity)
        self.assertEqual(self.live(), ENCOUNTER)
        self._collect()
        self.assertEqual(self.live(), ENCOUNTER)

    def test_encounter_deleted(self):
        """C8: without the encounter the activity speaks again, once."""
        activity = self.done()
        self._collect()
        for _time in range(2):
            encounter = self.log(activity)
            self.assertEqual(self.live(), ENCOUNTER)
            encounter.unlink()
            self.assertEqual(self.live(), MESSAGE)
        self._collect()
        self.assertEqual(self.live(), MESSAGE)

    def test_never_collected(self):
        """C8, H1: a call counts when it is done; the first collection adds nothing."""
        signals = self.env["trust.signal"].search([])
        signals.last_collected = False
        activity = self.done()
        self.log(activity).unlink()
        self.assertEqual(self.live(), MESSAGE)
        self._collect()
        self.assertEqual(self.live(), MESSAGE)

    def test_lead_without_customer(self):
        """C8: a call with a lead, too, and back."""
        lead = self._make_lead(user_id=self.seller.id)
        activity = self.done(lead)
        self._collect()
        self.assertEqual(self.live(lead), MESSAGE)
        encounter = self.log(activity)
        self.assertEqual(self.live(lead), ENCOUNTER)
        encounter.unlink()
        self.assertEqual(self.live(lead), MESSAGE)

    def test_human_void_is_sticky(self):
        """C2: a contact that a person voided stays voided."""
        activity = self.done()
        self._collect()
        rows = self.evidence.search([("source_model", "=", "mail.message")])
        rows._void("It was the wrong number")
        self.log(activity).unlink()
        self._collect()
        self.assertEqual(self.live(), [])

    # MEETINGS

    def test_meeting_then_encounter(self):
        """C8: a held meeting keeps what it is worth, told by the encounter."""
        event = self.met()
        self._collect()
        self.assertEqual(self.live(), ATTENDEE)
        meeting = self.evidence.search([("source_model", "=", "calendar.attendee")])
        encounter = self.log(event)
        self.assertEqual(self.live(), MET)
        row = encounter._trust_evidence_rows()
        for name in ("voice", "date", "user_id", "magnitude"):
            self.assertEqual(row[name], meeting[name], name)
        self._collect()
        self.assertEqual(self.live(), MET)
        encounter.unlink()
        self.assertEqual(self.live(), ATTENDEE)

    def test_encounter_then_collect_meeting(self):
        """C8: the other order."""
        self.log(self.met())
        self._collect()
        self.assertEqual(self.live(), MET)

    def test_meeting_not_accepted(self):
        """C8: nobody accepted: the encounter is our word; accepted later: theirs."""
        event = self.met(state="needsAction")
        self.log(event)
        self._collect()
        self.assertEqual(self.live(), ENCOUNTER)
        event.attendee_ids.state = "accepted"
        self.assertEqual(self.live(), MET)
        event.attendee_ids.state = "declined"
        self.assertEqual(self.live(), ENCOUNTER)

    def test_meeting_deleted(self):
        """C8: the encounter outlives its meeting, as our word."""
        event = self.met()
        self.log(event)
        event.unlink()
        self.assertEqual(self.live(), ENCOUNTER)

    def test_activity_of_a_meeting(self):
        """C8: calendar, activity and encounter are one fact."""
        self.met()
        activity = self.done(kind=MEETING)
        self._collect()
        self.assertEqual(self.live(), ATTENDEE)
        encounter = self.log(activity)
        self.assertTrue(encounter.event_id)
        self.assertEqual(self.live(), MET)
        self._collect()
        self.assertEqual(self.live(), MET)

    def test_two_customers_in_one_meeting(self):
        """C8: one encounter for each customer of a meeting."""
        event = self.met(self.other_customer)
        self._collect()
        self.log(event, self.other_customer)
        self.assertEqual(self.live(self.other_customer), MET)
        self.assertEqual(self.live(), ATTENDEE)
        self.log(event, self.customer)
        self.assertEqual(self.live(), MET)
        self.assertEqual(len(self.encounters.search([("event_id", "=", event.id)])), 2)

    def test_two_colleagues_in_one_meeting(self):
        """C8: both write down how it felt; the meeting is counted once."""
        event = self.met()
        first = self.log(event)
        second = self.log(event, user=self.manager)
        self.assertNotEqual(first, second)
        self._collect()
        self.assertEqual(self.live(), MET)
        first.unlink()
        self.assertEqual(self.live(), MET)

    def test_company_speaks_for_its_people(self):
        """C8: an encounter with the company replaces its people's attendance."""
        self.contact.parent_id.trust_scoring = "always"
        event = self.met(self.contact)
        self._collect()
        self.assertEqual(self.live(self.contact), ATTENDEE)
        self.encounter(partner=self.customer, event_id=event.id)
        company = self.encounter(partner=self.contact.parent_id, event_id=event.id)
        self.assertEqual(self.live(self.contact), [])
        self.assertEqual(self.live(self.contact.parent_id), MET)
        company.unlink()
        self.assertEqual(self.live(self.contact), ATTENDEE)

    # WHO MAY SAY SO

    def test_about_the_same_customer(self):
        """C8: nobody silences a contact with somebody else."""
        activity, event = self.done(), self.met()
        message = self.encounters._prepare_source(activity)["message_id"]
        for values in ({"message_id": message}, {"event_id": event.id}):
            with self.assertRaisesRegex(ValidationError, "somebody else"):
                self.encounter(partner=self.other_customer, **values)

    def test_source_must_be_readable(self):
        """C8: nor one that he may not see, though it be about the same customer."""
        other = self.env["res.company"].create({"name": "Shop"})
        lead = self._make_lead(self.customer, company_id=other.id)
        call = self.env.ref("mail.mail_activity_data_call")
        secret = lead.message_post(body="Called", mail_activity_type_id=call.id)
        mine = self.encounter().with_user(self.seller)
        with self.assertRaises(AccessError):
            mine.message_id = secret
        mine.message_id = self.encounters._prepare_source(self.done())["message_id"]
        self.assertEqual(self.live(), ENCOUNTER)

    def test_checks(self):
        """H8: somebody, not one of us, and not in the future."""
        with self.assertRaisesRegex(ValidationError, "Whom did you meet"):
            self.encounters.create({"channel": "call"})
        with self.assertRaisesRegex(ValidationError, "not in the future"):
            self.encounter(date=fields.Datetime.now() + timedelta(days=1))
        with self.assertRaisesRegex(Exception, "one of us"):
            self.encounter(partner=self.seller.partner_id)

    # WHERE THEY GO

    def test_lead_gets_its_customer(self):
        """C7: encounters and their evidence follow the lead to its customer."""
        lead = self._make_lead(user_id=self.seller.id)
        encounter = self.log(self.done(lead))
        self.assertEqual(self.live(lead), ENCOUNTER)
        lead.partner_id = self.other_customer
        self.env.cr.flush()
        self.assertEqual(encounter.partner_id, self.other_customer)
        self.assertEqual(self.live(self.other_customer), ENCOUNTER)
        self._collect()
        self.assertEqual(self.live(self.other_customer), ENCOUNTER)

    def test_leads_merged(self):
        """C7: merged leads bring theirs along."""
        leads = self._make_lead() | self._make_lead()
        for lead in leads:
            self.log(self.done(lead.sudo(), user=self.manager), user=self.manager)
        kept = leads.merge_opportunity(auto_unlink=False)
        self.env.cr.flush()
        found = self.encounters.search([("lead_id", "=", kept.id)])
        self.assertEqual(len(found), 2)
        self._collect()
        self.assertEqual(self.live(kept), ENCOUNTER * 2)

    def test_contacts_merged(self):
        """C7: merged contacts keep what was felt, and one evidence each."""
        encounter = self.log(self.done(), self.customer, (self.angry, 5, "during"))
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        twin = self.env["res.partner"].create(
            {"name": "Ada the same", "email": "ada@example.com"}
        )
        wizard._merge((self.customer | twin).ids, twin)
        self.env.invalidate_all()
        self.assertEqual(encounter.partner_id, twin)
        self.assertEqual(encounter.feeling_ids.partner_id, twin)
        self._collect()
        self.assertEqual(self.live(twin), ENCOUNTER)
        self.assertIn(twin.id, self.encounters._last_strong_feeling(twin))
