# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.tests import tagged

from .common import EventCase


@tagged("post_install", "-at_install")
class TestAttendance(EventCase):
    """H12: who came was met."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.past = cls._event(-10)
        cls.env["trust.signal"]._collect()

    def _came(self, person=None, **values):
        registration = self._register(person, self.past, **values)
        registration.action_set_done()
        self.env.cr.flush()
        return registration

    def test_attended(self):
        """H12: said the same moment, of the person, as contact, by whoever invited."""
        self.env["trust.event.invitation"].create(
            {
                "event_id": self.past.id,
                "partner_id": self.person.id,
                "user_id": self.seller.id,
            }
        )
        registration = self._came()
        row = self._live()
        self.assertEqual(row.source_id, registration.id)
        self.assertEqual(row.source_model, "event.registration")
        self.assertEqual(row.date, self.past.date_end.replace(microsecond=0))
        self.assertEqual(row.user_id, self.seller)
        self.assertEqual(row.voice, "system")
        self.assertTrue(row.signal_id.is_contact)
        self._drain()
        last = self._relationship(self.person).last_contact_date
        self.assertEqual(last, row.date)

    def test_collection_agrees(self):
        """C3: collected again it is one fact; found by collection too."""
        registration = self._came()
        for since in (None, self.now - timedelta(days=1), None):
            self.env["trust.signal"]._collect(since)
            self.assertEqual(self._live().source_id, registration.id)
        self._live()._void("again", kind="auto")
        self.env["trust.signal"]._collect()
        self.assertEqual(self._live().source_id, registration.id)

    def test_changed_back(self):
        """H12: whoever was ticked by mistake did not come."""
        registration = self._came()
        registration.state = "open"
        self.env.cr.flush()
        self.assertFalse(self._live())
        registration.state = "done"
        self.env.cr.flush()
        self.assertEqual(self._live().version, 1)

    def test_archived_and_deleted(self):
        """H12: archived or deleted, it says nothing."""
        registration = self._came()
        registration.active = False
        self.env.cr.flush()
        self.assertFalse(self._live())
        other = self._came()
        self.assertTrue(self._live())
        other.unlink()
        self.assertFalse(self._live())

    def test_not_yet(self):
        """H12: registered is not attended."""
        self._register(event=self.past)
        self._register(self.friend, self.past, state="draft")
        self.env["trust.signal"]._collect()
        self.assertFalse(self._live() | self._live(self.friend))

    def test_two_seats(self):
        """C3: two registrations of one person are one visit, as long as one stands."""
        first, second = self._came(), self._came()
        self.assertEqual(self._live().source_id, first.id)
        first.state = "cancel"
        self.env.cr.flush()
        self.assertEqual(self._live().source_id, second.id)

    def test_booked_for_somebody_else(self):
        """H12: who came is the attendee, not whoever booked."""
        self._came(email=f" {self.friend.email.upper()} ")
        self.assertTrue(self._live(self.friend))
        self._came(name="A guest", email="guest@nowhere.example")
        self.assertFalse(self._live())

    def test_arrival(self):
        """H12: at a running event it is the minute of arrival."""
        running = self._event(0)
        running.date_begin = self.now - timedelta(hours=1)
        registration = self._register(event=running)
        registration.action_set_done()
        self.env.cr.flush()
        self.assertEqual(
            self._live().date, registration.date_closed.replace(microsecond=0)
        )
