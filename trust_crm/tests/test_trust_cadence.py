# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.trust_cadence_sql import NAMES
from ..tools import contact_cadence
from ..tools.contact_cadence import due_dates, rhythm, urgency
from .common import TrustCase

DAYS = st.integers(0, contact_cadence.LONGEST)
DATES = st.dates(date(2000, 1, 1), date(2100, 1, 1))
PAIRS = st.tuples(DAYS, DAYS)
unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck))


@tagged("post_install", "-at_install")
class TestContactCadence(TrustCase):
    """H2: the arithmetic of being in touch, in Python and in SQL."""

    def test_doctests(self):
        """H2: the examples in the functions are true."""
        failed, tried = doctest.testmod(contact_cadence)
        self.assertGreater(tried, 5)
        self.assertFalse(failed)

    def test_shipped_rhythms(self):
        """H2: the closer the circle, the more often; the innermost 14 and 21 days."""
        rhythms = self.env["trust.circle"]._contact_rhythms()
        rings = ("outsider", "acquaintance", "insider", "family")
        shipped = [rhythms[self.env.ref(f"trust_crm.circle_{r}").id] for r in rings]
        self.assertEqual(shipped, sorted(shipped, reverse=True))
        self.assertEqual((shipped[3], rhythms[None]), ((14, 21), shipped[0]))

    @unhurried
    @given(PAIRS, PAIRS, DATES)
    def test_latest_is_never_before_next(self, circle, own, since):
        """H2: overdue comes after due, whatever the days."""
        following, latest = due_dates(since, rhythm(circle, own))
        if following and latest:
            self.assertGreaterEqual(latest, following)
        self.assertEqual(following is None, not (own[0] or circle[0]))

    @unhurried
    @given(PAIRS, PAIRS, DATES, st.integers(1, 400))
    def test_contact_resets(self, circle, own, since, later):
        """H2: a later contact moves both dates by as many days."""
        days = rhythm(circle, own)
        before = due_dates(since, days)
        after = due_dates(since + timedelta(days=later), days)
        for one, other in zip(before, after, strict=True):
            self.assertEqual(one and (other - one).days, one and later)

    @unhurried
    @given(PAIRS, DATES, st.integers(-800, 800))
    def test_urgency_only_grows(self, circle, since, day):
        """H2: without contact it becomes more urgent by the day, never less."""
        order = ["later", "week", "due", "overdue"]
        dates = due_dates(since, rhythm(circle))
        today = since + timedelta(days=day)
        now = urgency(today, *dates)
        tomorrow = urgency(today + timedelta(days=1), *dates)
        if now is None:
            self.assertIsNone(tomorrow)
        else:
            self.assertLessEqual(order.index(now), order.index(tomorrow))

    def test_sql_twin(self):
        """H2: SQL says what Python says, in every time zone, for any customer."""
        relationship = self._relationship(self.contact)
        circles = self.env["trust.circle"].search([])

        @settings(unhurried, max_examples=40, derandomize=True)
        @given(
            circle=st.sampled_from([*circles.ids, None]),
            days=PAIRS,
            own=PAIRS,
            quiet=st.sampled_from(["", "", "", "own", "company", "archived"]),
            since=st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2026, 12, 1)),
            zone=st.sampled_from(["UTC", "Asia/Taipei", "America/St_Johns"]),
        )
        def compare(circle, days, own, quiet, since, zone):
            ideal, longest = sorted(days)
            circles.write({"contact_ideal_days": ideal, "contact_max_days": longest})
            self.contact.write(
                {
                    "trust_ideal_days": min(own),
                    "trust_max_days": max(own),
                    "trust_no_contact": quiet == "own",
                    "active": quiet != "archived",
                }
            )
            self.customer.trust_no_contact = quiet == "company"
            self._set(relationship, circle_id=circle, last_contact_date=since)
            shown = relationship.with_context(tz=zone)
            self.assertEqual(self._by_sql(shown), self._by_python(shown))

        compare()

    def _set(self, relationship, **values):
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE trust_relationship SET %s = %s WHERE id = %s",
                    SQL.identifier(name),
                    value,
                    relationship.id,
                )
            )
        self.env.invalidate_all()

    def _by_python(self, relationship):
        """No contact is 0 days to Odoo, and nothing to SQL."""
        values = [relationship[name] for name in NAMES]
        if relationship.last_contact_date:
            return [values[0], *(value or None for value in values[1:])]
        return [value or None for value in values]

    def _by_sql(self, relationship):
        query = relationship._as_query()
        alias = relationship._table
        columns = [relationship._field_to_sql(alias, name, query) for name in NAMES]
        [joined] = self.env.execute_query(query.select(*columns))
        query = relationship._as_query()
        rows = [relationship._cadence_of_row(alias, name) for name in NAMES]
        [subselected] = self.env.execute_query(query.select(*rows))
        self.assertEqual(joined, subselected)
        return list(joined)


@tagged("post_install", "-at_install")
class TestTrustCadence(TrustCase):
    """H2: when a customer is due, and what changes it at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.circles = cls.env["trust.circle"].search([])
        cls.circles.write({"contact_ideal_days": 14, "contact_max_days": 21})
        cls.customer.user_id = cls.seller

    def contacted(self, days_ago, subject=None):
        self._record(subject or self.customer, "human_contact", days_ago=days_ago)
        self._drain()
        return self._relationship(self.customer)

    def day(self, ahead):
        return fields.Date.context_today(self.relationships) + timedelta(days=ahead)

    def assertDue(self, relationship, ahead, state):
        """Compare next contact, and that searching finds what is shown."""
        self.env.invalidate_all()
        expected = False if ahead is None else self.day(ahead)
        self.assertEqual(relationship.next_contact_date, expected)
        self.assertEqual(relationship.contact_due, state)
        for domain in (
            [("next_contact_date", "=", expected)],
            [("contact_due", "=", state)],
        ):
            found = self.relationships.search([*domain, ("id", "=", relationship.id)])
            self.assertEqual(found, relationship, domain)

    def test_vector(self):
        """H2: circle 14/21, contact on day 12: due on day 26, overdue after day 33."""
        relationship = self.contacted(days_ago=0)
        self.assertDue(relationship, 14, "later")
        self.assertEqual(relationship.contact_limit_date, self.day(21))
        for days_ago, ahead, state in (
            (13, 1, "week"),
            (14, 0, "due"),
            (21, -7, "due"),
            (22, -8, "overdue"),
        ):
            self.env.cr.execute(
                "UPDATE trust_relationship SET last_contact_date = %s WHERE id = %s",
                (self.now - timedelta(days=days_ago), relationship.id),
            )
            self.assertDue(relationship, ahead, state)

    def test_contact_resets(self):
        """H2: any real contact counts anew, also with somebody of the company."""
        relationship = self.contacted(days_ago=30)
        self.assertDue(relationship, -16, "overdue")
        self.contacted(days_ago=1, subject=self.contact)
        self.assertDue(relationship, 13, "later")

    def test_a_new_contact_signal_counts_by_itself(self):
        """H1, H2: whatever signal says it is a contact resets the rhythm."""
        relationship = self.contacted(days_ago=30)
        signal = self.env["trust.signal"].create(
            {"name": "Tea", "code": "tea", "detector": "document", "is_contact": True}
        )
        self._record(self.customer, signal.code, days_ago=2)
        self._drain()
        self.assertDue(relationship, 12, "later")

    def test_without_contact(self):
        """H2: never contacted: due from the first evidence on."""
        self._record(self.customer, "promise_kept", days_ago=20)
        self._record(self.customer, "promise_kept", days_ago=5)
        self._drain()
        relationship = self._relationship(self.customer)
        self.assertFalse(relationship.last_contact_date)
        self.assertDue(relationship, -6, "due")

    def test_circle_takes_effect_at_once(self):
        """H2: other days of the circle, and another circle."""
        relationship = self.contacted(days_ago=10)
        self.assertDue(relationship, 4, "week")
        self.circles.write({"contact_ideal_days": 5, "contact_max_days": 0})
        self.assertDue(relationship, -5, "due")
        self.assertFalse(relationship.contact_limit_date)
        family = self.env.ref("trust_crm.circle_family")
        family.write({"contact_ideal_days": 2, "contact_max_days": 3})
        wizard = self.env["trust.relationship.override"].with_user(self.manager)
        wizard.with_context(default_relationship_id=relationship.id).create(
            {
                "relationship_id": relationship.id,
                "circle_id": family.id,
                "reason": "An old friend",
            }
        ).action_apply()
        self._drain()
        self.assertEqual(relationship.circle_id, family)
        self.assertDue(relationship, -8, "overdue")

    def test_override_takes_effect_at_once(self):
        """H2: a customer's own rhythm, and back to the circle's."""
        relationship = self.contacted(days_ago=10)
        self.customer.with_user(self.seller).write(
            {"trust_ideal_days": 60, "trust_cadence_reason": "Once a quarter"}
        )
        self.assertDue(relationship, 50, "later")
        self.customer.trust_ideal_days = 0
        self.assertDue(relationship, 4, "week")

    def test_no_contact_takes_effect_at_once(self):
        """H2: who wants no friendly contact is due no more, nor are their people."""
        relationship = self.contacted(days_ago=30)
        self.customer.trust_no_contact = True
        self.assertDue(relationship, None, False)
        person = self._relationship(self.contact)
        self.assertFalse(person.next_contact_date)
        with self.assertRaisesRegex(Exception, "not to be contacted"):
            relationship.with_user(self.seller).action_contact_write()
        self.customer.trust_no_contact = False
        self.assertDue(relationship, -16, "overdue")

    def test_people_with_a_rhythm_of_their_own(self):
        """H2: a company is due for all its people; one with own days by himself."""
        self.contacted(days_ago=30, subject=self.contact)
        family = self._relationship(self.customer | self.contact)
        due = self.relationships._get_due_domain()
        own = [("id", "in", family.ids)]
        found = self.relationships.search(due & fields.Domain(own))
        self.assertEqual(found.partner_id, self.customer)
        self.contact.trust_ideal_days = 7
        found = self.relationships.search(due & fields.Domain(own))
        self.assertEqual(found.partner_id, self.customer | self.contact)

    def test_leads_have_no_rhythm(self):
        """H2: a lead without a customer is the pipeline's."""
        lead = self.env["crm.lead"].create({"name": "Who"})
        self._record(lead, "lead_answered", days_ago=50)
        self._drain()
        self.assertFalse(self._relationship(lead).next_contact_date)

    def test_partner_shows_it(self):
        """H1, H2: partner and list sort, filter and group by last and next contact."""
        self.contacted(days_ago=30)
        self._record(self.other_customer, "human_contact", days_ago=3)
        self._drain()
        partners = self.env["res.partner"].with_user(self.all_seller)
        both = [("id", "in", (self.customer | self.other_customer).ids)]
        due = partners.search([*both, ("trust_next_contact_date", "<=", "today")])
        self.assertEqual(due.ids, self.customer.ids)
        ordered = partners.search(both, order="trust_next_contact_date desc")
        self.assertEqual(ordered.ids, (self.other_customer | self.customer).ids)
        self.assertEqual(due.trust_next_contact_date, self.day(-16))
        read = due.web_read({"trust_next_contact_date": {}, "name": {}})
        self.assertEqual(read[0]["trust_next_contact_date"], self.day(-16))
        groups = partners._read_group(both, ["trust_next_contact_date:day"])
        self.assertEqual(len(groups), 2)
        groups = self.relationships._read_group(
            [("partner_id", "in", (self.customer | self.other_customer).ids)],
            ["contact_due"],
            ["__count"],
        )
        self.assertEqual(dict(groups), {"overdue": 1, "later": 1})
        described = self.relationships.fields_get(["next_contact_date", "contact_due"])
        for field in described.values():
            self.assertTrue(field["sortable"] and field["groupable"])
            self.assertTrue(field["searchable"])

    def test_bad_days(self):
        """H2: days that cannot be are refused with words that say what to do."""
        for values in (
            {"contact_ideal_days": -1},
            {"contact_ideal_days": 30, "contact_max_days": 20},
            {"contact_max_days": 99999},
        ):
            with self.assertRaises(ValidationError):
                self.circles[0].write(values)
        with self.assertRaises(ValidationError):
            self.customer.write({"trust_ideal_days": 30, "trust_max_days": 20})
        with self.assertRaises(ValidationError):
            self.customer.trust_ideal_days = -3
