# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .favour_common import FavourCase


@tagged("post_install", "-at_install")
class TestTrustFavourLife(FavourCase):
    """H5: asked for, decided by somebody else, registered."""

    def asked(self, value=80, **values):
        favour = self.favour(value, **values)
        favour.action_ask()
        return favour

    def refuse(self, favour, reason, user=None):
        action = favour.with_user(user or self.manager).action_refuse()
        wizard = self.env["trust.favour.refuse"].with_user(user or self.manager)
        wizard = wizard.with_context(**action["context"])
        wizard.create({"reason": reason}).action_apply()

    def test_asked_once(self):
        """H5: one activity for the limit's approver; asking twice is refused."""
        favour = self.asked()
        self.assertEqual(favour.state, "asked")
        self.assertEqual(self.activities(favour).user_id, self.manager)
        self.assertEqual(len(self.activities(favour)), 1)
        with self.assertRaises(UserError):
            favour.action_ask()
        self.assertEqual(len(self.activities(favour)), 1)
        with self.assertRaises(UserError):
            favour.action_give()
        self.assertFalse(self.codes(favour))

    def test_within_the_limits_nobody_is_asked(self):
        """H5: managers are not asked for nothing."""
        favour = self.favour(50)
        with self.assertRaises(UserError):
            favour.action_ask()
        self.assertFalse(self.activities(favour))

    def test_approved_and_given(self):
        """H5: the activity is done, and the gift dated when it is given."""
        favour = self.asked(days_ago=3)
        with freeze_time(self.now):
            favour.with_user(self.manager).action_approve()
        self.assertEqual(favour.decided_by_id, self.manager)
        self.assertFalse(self.activities(favour))
        self.assertIn(self.seller.partner_id, favour.message_ids.notified_partner_ids)
        self.assertFalse(self.codes(favour))
        favour.action_give()
        self.assertEqual((favour.state, favour.date), ("done", self.today))
        self.assertTrue(favour.above_limit)
        self.assertEqual(self.codes(favour), ["gift"])

    def test_refused_says_why(self):
        """H5: who is refused reads why, may change it and ask again."""
        favour = self.asked()
        with self.assertRaises(UserError):
            self.refuse(favour, "   ")
        self.refuse(favour, "They decide about our offer next week")
        self.assertEqual(favour.state, "refused")
        mine = favour.with_user(self.seller)
        self.assertEqual(mine.refusal_reason, "They decide about our offer next week")
        told = mine.message_ids.filtered("notified_partner_ids")
        self.assertIn("about our offer", told[0].body)
        self.assertEqual(told[0].notified_partner_ids, self.seller.partner_id)
        self.assertFalse(self.activities(favour))
        with self.assertRaises(UserError):
            favour.action_give()
        favour.action_ask()
        self.assertFalse(favour.refusal_reason)
        self.assertEqual(len(self.activities(favour)), 1)

    def test_refused_then_smaller(self):
        """H5: a smaller one is a draft again and needs nobody."""
        favour = self.asked()
        self.refuse(favour, "Too much")
        favour.value = 30
        self.assertEqual(favour.state, "draft")
        favour.action_give()
        self.assertFalse(favour.above_limit)

    def test_nobody_approves_their_own(self):
        """H5: not who gives, not who asked, not who wrote it down; nor a colleague."""
        mine = self.favour(80, user=self.manager)
        mine.action_ask()
        self.assertEqual(self.activities(mine).user_id, self._other_manager(mine))
        self.assertFalse(mine.may_decide)
        for user in (self.manager, self.seller, self.all_seller):
            with self.assertRaises(AccessError):
                mine.with_user(user).action_approve()
            with self.assertRaises(AccessError):
                mine.with_user(user)._refuse("No")
        mine.with_user(self.second_manager).action_approve()
        for_another = self.favour(80, user=self.manager, user_id=self.seller.id)
        for_another.with_user(self.seller).action_ask()
        with self.assertRaises(AccessError):
            for_another.action_approve()
        asked = self.favour(80)
        asked.with_user(self.manager).action_ask()
        with self.assertRaises(AccessError):
            asked.with_user(self.manager).action_approve()

    def _other_manager(self, favour):
        group = self.env.ref("trust_crm.group_trust_manager")
        managers = self.env["res.users"].search(
            [
                ("all_group_ids", "in", group.id),
                ("company_ids", "in", favour.company_id.ids),
                ("id", "not in", (self.manager | favour.user_id).ids),
            ],
            order="id",
        )
        return managers[0]

    def test_the_teams_leader_is_asked(self):
        """H5: without an approver of its own the leader, if a manager."""
        self.limit.approver_id = False
        self.env["crm.team"].create(
            {
                "name": "North",
                "user_id": self.second_manager.id,
                "member_ids": self.seller.ids,
            }
        )
        favour = self.asked()
        self.assertEqual(self.activities(favour).user_id, self.second_manager)

    def test_nobody_to_ask(self):
        """H5: without another manager the message says what is missing."""
        group = self.env.ref("trust_crm.group_trust_manager")
        managers = self.env["res.users"].search([("all_group_ids", "in", group.id)])
        managers.group_ids -= group | self.env.ref("trust_crm.group_trust_admin")
        with self.assertRaises(UserError) as caught:
            self.asked()
        self.assertIn("Trust: Manager", str(caught.exception))

    def test_changed_after_the_decision(self):
        """H5: another value, customer or day asks anew; the same value does not."""
        for change in (
            {"value": 90},
            {"partner_id": self.other_customer.id},
            {"date": self.today - timedelta(days=2)},
            {"currency_id": self.foreign.id},
        ):
            favour = self.asked()
            favour.with_user(self.manager).action_approve()
            favour.write({"value": 80, "note": "For the opening"})
            self.assertEqual(favour.state, "approved")
            favour.write(change)
            self.assertEqual(favour.state, "draft", change)
            self.assertFalse(favour.decided_by_id)
        asked = self.asked()
        asked.value = 500
        self.assertEqual(asked.state, "draft")
        self.assertFalse(self.activities(asked))

    def test_no_client_writes_the_decision(self):
        """H5: not by create, write, copy or import; what is recorded stands."""
        forged = {
            "state": "done",
            "decided_by_id": self.manager.id,
            "happened_at": self.now,
        }
        for user in (self.seller, self.manager, self.administrator):
            favour = self.favour(500, user=user, **forged)
            self.assertEqual(favour.state, "draft")
            self.assertFalse(favour.decided_by_id)
            for name, value in forged.items():
                with self.assertRaises(UserError):
                    favour.write({name: value})
        done = self.given(20)
        self.assertEqual(done.copy().state, "draft")
        with self.assertRaises(UserError):
            done.value = 10
        with self.assertRaises(UserError):
            done.unlink()
        with self.assertRaises(UserError):
            self.asked().unlink()
        self.favour(10).unlink()

    # RIGHTS

    def test_own_and_all(self):
        """A1, T5: own, noted by me or of my customers; others nowhere."""
        theirs = self.favour(20, user=self.all_seller, partner=self.other_customer)
        mine = self.favour(20)
        own = self.env["trust.favour"].with_user(self.seller)
        both = [("id", "in", (mine | theirs).ids)]
        self.assertEqual(own.search(both).ids, mine.ids)
        self.assertEqual(own.search_count(both), 1)
        self.assertEqual([n for (n,) in own._read_group(both, [], ["__count"])], [1])
        self.assertEqual(own.name_search("A book", both), [(mine.id, "A book")])
        for user in (self.all_seller, self.manager):
            self.assertEqual(len(own.with_user(user).search(both)), 2)
        for user in (self.outsider, self.privacy):
            with self.assertRaises(AccessError):
                own.with_user(user).search(both)
        with self.assertRaises(AccessError):
            theirs.with_user(self.seller).action_ask()
        other = self.other_customer.with_user(self.seller)
        theirs.action_give()
        self.assertEqual(other.trust_favour_given, 0)
        with self.assertRaises(AccessError):
            other.with_user(self.outsider).read(["trust_favour_given"])

    def test_register_outlives_the_customer(self):
        """H5: with the customer deleted drafts go, the register stays."""
        partner = self.env["res.partner"].create({"name": "Gone soon"})
        done = self.given(20, partner=partner)
        draft = self.favour(20, partner=partner)
        partner.unlink()
        self.assertFalse(draft.exists())
        self.assertEqual(done.exists().value, 20)

    def test_merged_customers(self):
        """H5: favours follow a merge, and their evidence stays one."""
        done = self.given(20, partner=self.other_customer)
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (self.customer | self.other_customer).ids, self.customer
        )
        self.assertEqual(done.partner_id, self.customer)
        done._collect_trust_evidence()
        self.assertEqual(self.codes(done), ["gift"])
        self.assertEqual(len(done._trust_evidence_rows()), 1)
