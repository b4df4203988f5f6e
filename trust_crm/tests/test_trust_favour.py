# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import BaseCase, Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..tools import favour_limits
from .favour_common import FavourCase

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 900).map(lambda days: FIRST + timedelta(days=days))
GIFTS = st.lists(st.tuples(DAYS, st.integers(0, 99)), max_size=8)


class TestFavourLimits(BaseCase):
    """H5: what falls into one year."""

    def test_doctests(self):
        self.assertEqual(doctest.testmod(favour_limits).failed, 0)

    @settings(deadline=None, max_examples=200)
    @given(GIFTS, DAYS, st.integers(0, 99))
    def test_same_as_walking_over_the_days(self, gifts, day, amount):
        """H5: no 365 days that hold the day have more, and some have as much."""
        walked = max(
            sum(v for d, v in gifts if 0 <= (day + timedelta(s) - d).days < 365)
            for s in range(365)
        )
        found = favour_limits.heaviest_year(gifts, day, amount)
        self.assertEqual(found, walked + amount)
        self.assertEqual(found, favour_limits.heaviest_year(gifts[::-1], day, amount))


@tagged("post_install", "-at_install")
class TestTrustFavour(FavourCase):
    """H5: limits, to the cent and to the day."""

    def assertAbove(self, favour, *words):
        """It cannot be given, and it is said why."""
        with self.assertRaises(UserError) as caught:
            favour.action_give()
        for word in words:
            self.assertIn(word, str(caught.exception))
        self.assertEqual(favour.state, "draft")

    def test_one_favour(self):
        """H5: exactly the limit is given freely, a cent more is not."""
        self.assertFalse(self.favour(50).excess)
        self.assertEqual(self.given(50).state, "done")
        favour = self.favour(50.01, partner=self.other_customer)
        self.assertAbove(favour, "50.01", "for one favour")

    def test_small_gifts_add_up(self):
        """H5: many small ones to a company's people count together, to the cent."""
        for number in range(6):
            partner = (self.contact, self.customer)[number % 2]
            self.given(19.99, days_ago=number * 60, partner=partner)
        self.given(0.06)
        self.assertAbove(self.favour(0.01), "120.01", "within a year")
        self.given(50, partner=self.other_customer)

    def test_a_year_is_365_days(self):
        """H5: what was given 365 days ago counts no more, 364 days ago it does."""
        for days_ago, free in ((365, True), (364, False)):
            partner = self.env["res.partner"].create({"name": f"{days_ago} days"})
            for _number in range(2):
                self.given(50, days_ago=days_ago, partner=partner)
            favour = self.favour(21, partner=partner)
            self.assertEqual(not favour.excess, free, days_ago)

    def test_noted_for_an_earlier_day(self):
        """H5: a day in the past is no way around the year's limit."""
        self.given(50, days_ago=10)
        self.given(50, days_ago=9)
        self.assertAbove(self.favour(21, days_ago=200), "121.00")

    def test_who_counts(self):
        """H5: drafts, refused and received ones do not count, approved ones do."""
        self.favour(50)
        self.favour(50, direction="received")
        refused = self.favour(60)
        refused.action_ask()
        refused.with_user(self.manager)._refuse("Too much")
        self.assertFalse(self.favour(50).excess)
        approved = self.favour(60)
        approved.action_ask()
        self.assertFalse(self.favour(50).excess)
        approved.with_user(self.manager).action_approve()
        self.given(50)
        self.assertAbove(self.favour(10.01), "120.01")

    def test_by_one_employee(self):
        """H5: set, the sum of one employee counts over all customers."""
        self.limit.per_employee = 60
        self.given(40)
        favour = self.favour(30, partner=self.other_customer)
        self.assertAbove(favour, "70.00", "by this employee")
        self.given(30, user=self.all_seller, partner=self.other_customer)

    def test_what_others_gave_counts_too(self):
        """H5: the sum holds what the employee may not see."""
        favours = [self.given(50, user=self.all_seller) for _number in range(2)]
        self.customer.user_id = self.contact.user_id = self.all_seller
        self.assertFalse(favours[0].with_user(self.seller)._filtered_access("read"))
        self.assertAbove(self.favour(21), "121.00")

    # CURRENCIES

    def test_another_currency(self):
        """H5: converted at the rate of its day, small ones in any currency add up."""
        self.assertFalse(self.favour(100, currency_id=self.foreign.id).excess)
        self.assertAbove(self.favour(100.02, currency_id=self.foreign.id), "50.01")
        self._rate(self.today, 4.0)
        self.assertFalse(self.favour(200, currency_id=self.foreign.id).excess)
        self.given(100, days_ago=1, currency_id=self.foreign.id)
        self.given(200, currency_id=self.foreign.id)
        self.assertAbove(self.favour(20.01), "120.01")

    def test_its_own_line(self):
        """H5: a currency with a line of its own is measured by it; ours converted."""
        self.limit.copy(
            {"currency_id": self.foreign.id, "per_gift": 30, "per_year": 90}
        )
        self.assertFalse(self.favour(30, currency_id=self.foreign.id).excess)
        self.assertAbove(self.favour(31, currency_id=self.foreign.id), "31.00")
        self.given(40)
        self.assertAbove(self.favour(10.01, currency_id=self.foreign.id), "90.01")

    def test_no_rate(self):
        """H5: without a rate nothing is compared: the message says what to do."""
        with self.assertRaises(ValidationError) as caught:
            self.favour(10, days_ago=301, currency_id=self.foreign.id)
        self.assertIn("No rate of TRU", str(caught.exception))
        self.assertIn(self.own.name, str(caught.exception))
        other = self.env["res.currency"].create({"name": "TRV", "symbol": "V"})
        with self.assertRaises(ValidationError):
            self.limit.copy({"currency_id": other.id})
        self.assertTrue(self.favour(10, days_ago=300, currency_id=self.foreign.id))

    def test_value_of_that_day_stays(self):
        """H5: the register's value does not move with later rates."""
        favour = self.given(100, currency_id=self.foreign.id)
        self.assertEqual(favour.company_value, 50)
        self._rate(self.today, 4.0)
        self.env.invalidate_all()
        self.assertEqual(favour.company_value, 50)

    # WHEN A LIMIT HOLDS

    def test_from_and_until(self):
        """H5: a line holds from its first to its last day; two at once are refused."""
        yesterday = self.today - timedelta(days=1)
        self.limit.date_to = yesterday
        self.assertFalse(self.favour(500).excess)
        self.assertTrue(self.favour(500, days_ago=1).excess)
        with self.assertRaises(ValidationError):
            self.limit.copy({"date_from": yesterday, "date_to": False})
        self.limit.copy({"date_from": self.today, "date_to": False, "per_gift": 400})
        self.assertIn("400.00", self.favour(500).excess)
        self.assertIn("50.00", self.favour(500, days_ago=1).excess)

    def test_limits_that_make_no_sense(self):
        """H5: nothing limited, a negative amount, an end before the beginning."""
        with self.assertRaises(ValidationError):
            self.limit.write({"per_gift": 0, "per_year": 0})
        for wrong in (
            {"per_gift": -1},
            {"date_from": self.today, "date_to": self.today - timedelta(days=1)},
        ):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                with self.env.cr.savepoint():
                    self.limit.write(wrong)
                    self.limit.flush_recordset()
            self.limit.invalidate_recordset()

    def test_another_company(self):
        """H5, C9: limits and sums are each company's own."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.seller.company_ids += company
        favour = self.favour(500, company_id=company.id)
        self.assertFalse(favour.excess)
        favour.action_give()
        self.given(50)

    # BAD INPUT

    def test_bad_input(self):
        """H5: negative, ahead, about nobody, a colleague, without words."""
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.favour(-1)
        for wrong in (
            {"days_ago": -1},
            {"partner_id": False},
            {"partner_id": self.manager.partner_id.id},
            {"name": "   "},
            {"user_id": False},
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.favour(**wrong)

    def test_form_says_it_while_typing(self):
        """H5: the limit is said before anything is saved."""
        form = Form(self.env["trust.favour"].with_user(self.seller))
        form.name = "Weekend at the lake"
        form.partner_id = self.contact
        form.value = 400
        self.assertIn("400.00", form.excess)
        form.direction = "received"
        self.assertFalse(form.excess)

    # WHAT IT COUNTS

    def test_evidence(self):
        """H5: counts when given, once; taken back by a manager, no more."""
        favour = self.favour(20, days_ago=3)
        self.assertFalse(self.codes(favour))
        favour.action_give()
        self.assertEqual(self.codes(favour), ["gift"])
        row = favour._trust_evidence_rows()
        self.assertEqual((row.user_id, row.partner_id), (self.seller, self.contact))
        self.assertEqual(row.voice, "staff")
        with self.assertRaises(UserError):
            favour.action_take_back()
        favour.with_user(self.manager).action_take_back()
        self.assertEqual(favour.state, "draft")
        self.assertFalse(self.codes(favour))
        favour.partner_id = self.other_customer
        favour.action_give()
        self.assertEqual(self.codes(favour), ["gift"])
        rows = favour._trust_evidence_rows()
        self.assertEqual(rows.partner_id, self.other_customer)

    def test_received(self):
        """H5: what we get is recorded at once, whatever its value, and may be wrong."""
        favour = self.favour(5000, direction="received", kind="help")
        self.assertEqual(favour.state, "done")
        self.assertEqual(self.codes(favour), ["favour_received"])
        favour.action_take_back()
        self.assertFalse(self.codes(favour))
        favour.value = 50
        favour.action_give()
        self.assertEqual(self.codes(favour), ["favour_received"])

    def test_signals_are_active(self):
        """H5: both are observed, and raise the score."""
        self.assertTrue(self.env.ref("trust_crm.signal_gift").active)
        self.assertTrue(self.env.ref("trust_crm.signal_favour_received").active)
        self.given(20)
        self._drain()
        # Of this morning's gift up to a day has faded.
        self.assertTrust(self.contact, trust_index=52.078445, places=1)

    def test_early_in_the_east(self):
        """H5: given today where it is today already, though UTC has yesterday."""
        self.seller.tz = "Pacific/Auckland"
        with freeze_time("2026-11-20 20:00:00"):
            favour = (
                self.env["trust.favour"]
                .with_user(self.seller)
                .with_context(tz="Pacific/Auckland")
                .create({"name": "Tea", "partner_id": self.contact.id})
            )
            self.assertEqual(favour.date, date(2026, 11, 21))
            favour.action_give()
            self.assertEqual(self.codes(favour), ["gift"])

    # BALANCE

    def test_balance(self):
        """H5: what a customer's people were given and gave, in our currency."""
        self.given(20)
        self.given(60, partner=self.customer, currency_id=self.foreign.id)
        self.favour(10)
        self.favour(15.5, direction="received", partner=self.customer)
        for user, given_value in ((self.seller, 50), (self.manager, 50)):
            customer = self.customer.with_user(user)
            self.assertEqual(customer.trust_favour_given, given_value)
            self.assertEqual(customer.trust_favour_received, 15.5)
        self.assertEqual(self.contact.trust_favour_given, 20)
        names = ("name", "trust_index", "trust_favour_given", "trust_favour_received")
        [row] = self.customer.with_user(self.seller).web_read(dict.fromkeys(names, {}))
        self.assertEqual(row["trust_favour_given"], 50)
        self.assertEqual(row["trust_favour_received"], 15.5)
