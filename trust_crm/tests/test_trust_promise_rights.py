# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestTrustPromiseRights(PromiseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "promise_portal", "base.group_portal")
        cls.team = cls.env["crm.team"].create(
            {"name": "Roofs", "user_id": cls.all_seller.id, "company_id": False}
        )
        cls.env["crm.team.member"].create(
            {"crm_team_id": cls.team.id, "user_id": cls.seller.id}
        )

    def found(self, user, model="trust.promise"):
        return self.env[model].with_user(user).search([])

    def test_own_and_all(self):
        """A1: one's own, one's customers' and what one wrote down; all; none."""
        mine = self.promise()
        theirs = self.promise(user=self.other_seller)
        self.customer.user_id = self.manager
        self.assertIn(mine, self.found(self.seller))
        self.assertNotIn(theirs, self.found(self.seller))
        self.customer.user_id = self.seller
        self.assertIn(theirs, self.found(self.seller))
        self.assertLessEqual(mine | theirs, self.found(self.all_seller))
        with self.assertRaises(AccessError):
            self.found(self.outsider)
        with self.assertRaises(AccessError):
            self.found(self.outsider, "trust.promise.report")

    def test_foreign_promise(self):
        """A1: what one may not see, one cannot keep, move or cancel."""
        theirs = self.promise(user=self.other_seller).with_user(self.seller)
        with self.assertRaises(AccessError):
            theirs.action_keep()
        with self.assertRaises(AccessError):
            theirs._move(self.day(9))
        with self.assertRaises(AccessError):
            theirs._cancel("us", "Because")

    def test_companies(self):
        """C9: another company's promises are out of sight."""
        branch = self.env["res.company"].create({"name": "Branch"})
        promise = self.promise()
        self.assertIn(promise, self.found(self.manager))
        promise.sudo().company_id = branch
        self.assertNotIn(promise, self.found(self.manager))
        self.assertFalse(
            self.found(self.manager, "trust.promise.report").filtered(
                lambda row: row.id == promise.id
            )
        )

    def test_portal(self):
        """P5: a customer reads what is shared and was promised to them, no more."""
        mine = self.portal.partner_id.id
        shared = self.promise(partner_id=mine, shared=True, description="Angry man")
        self.promise(partner_id=mine)
        self.promise(partner_id=mine, shared=True, direction="theirs")
        self.promise(shared=True)
        self.assertEqual(self.found(self.portal), shared)
        shared = shared.with_user(self.portal)
        self.assertEqual(shared.name, "Send the offer")
        for name in ("description", "lead_id", "cancel_reason", "res_id"):
            with self.assertRaises(AccessError):
                shared.read([name])
        for attempt in (
            lambda: shared.write({"name": "More"}),
            shared.action_keep,
            shared.unlink,
            lambda: self.env["trust.promise"].with_user(self.portal).create({}),
            lambda: self.found(self.portal, "trust.promise.change"),
            lambda: self.found(self.portal, "trust.promise.report"),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_moves_are_history(self):
        """P3: nobody rewrites the moves of a promise."""
        promise = self.promise()
        with self.at(days=1):
            promise._move(self.day(9))
        change = promise.change_ids.with_user(self.manager)
        for attempt in (
            lambda: change.write({"asked_by": "customer"}),
            change.unlink,
            lambda: change.create({"promise_id": promise.id}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    # Promise keeping

    def _four(self):
        """Kept, kept two days late, broken, still open: 33 % kept in time."""
        promises = [self.promise(due=due) for due in (0, 1, 2, 9)]
        with self.at():
            promises[0].action_keep()
        with self.at(days=3):
            promises[1].action_keep()
            self.break_overdue()
        return self.env["trust.promise"].union(*promises)

    def _rates(self, user, group):
        return {
            key: (rate, late)
            for key, rate, late in self.env["trust.promise.report"]
            .with_user(user)
            ._read_group(
                [("partner_id", "=", self.customer.id)],
                [group],
                ["kept_rate:avg", "lateness_days:avg"],
            )
        }

    def test_rates(self):
        """P6: kept in time of those that ended; median lateness; by customer, team.

        A team of one is an employee: private as they are.
        """
        self._four()
        rate, late = self._rates(self.manager, "commercial_partner_id")[self.customer]
        self.assertAlmostEqual(rate, 100 / 3)
        self.assertEqual(late, 2)
        self.assertNotIn(self.team, self._rates(self.manager, "team_id"), "of one")
        by_team = self._rates(self.all_seller, "team_id")
        self.assertAlmostEqual(by_team[self.team][0], 100 / 3, msg="its leader's")
        self.env["crm.team.member"].create(
            {"crm_team_id": self.team.id, "user_id": self.other_seller.id}
        )
        by_team = self._rates(self.manager, "team_id")
        self.assertAlmostEqual(by_team[self.team][0], 100 / 3)
        by_month = self._rates(self.manager, "date_deadline:month")
        self.assertEqual(len(by_month), 1)

    def test_median(self):
        """P6: three promises 1, 1 and 7 days late: the median is one day."""
        for days in (1, 1, 7):
            promise = self.promise(due=0)
            with self.at(days=days):
                promise.action_keep()
        _rate, late = self._rates(self.manager, "commercial_partner_id")[self.customer]
        self.assertEqual(late, 1)

    def test_rate_is_private(self):
        """P6: by employee only for oneself and the leader of one's team."""
        self._four()
        for user in (self.seller, self.all_seller):
            self.assertIn(self.seller, self._rates(user, "user_id"))
        for user in (self.manager, self.administrator):
            self.assertEqual(
                list(self._rates(user, "user_id")), [self.env["res.users"]]
            )
            report = self.env["trust.promise.report"].with_user(user)
            self.assertFalse(report.search([("user_id", "=", self.seller.id)]))

    def test_no_ranking(self):
        """P6: promises are not counted by employee, by no path and no client."""
        self._four()
        promises = self.env["trust.promise"].with_user(self.manager)
        for path in (
            "user_id",
            "create_uid",
            "user_id.partner_id",
            "partner_id.user_id",
        ):
            with self.assertRaises(AccessError):
                promises._read_group([], [path], ["__count"])
        self.assertFalse(promises.fields_get(["user_id"])["user_id"]["groupable"])

    def test_cancelled_do_not_count(self):
        """P6: cancelled at the customer's wish is no failure, taken back is."""
        for side in ("customer", "us"):
            promise = self.promise()
            with self.at(days=1):
                promise._cancel(side, "Because")
        rate, _late = self._rates(self.manager, "commercial_partner_id")[self.customer]
        self.assertEqual(rate, 0)
