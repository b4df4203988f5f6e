# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestTrustReflection(TrustCase):
    """The evening line: mine alone until I share it."""

    def reflect(self, text="Drove out with the missing screw", shared=False):
        today = self.env["trust.today"].with_user(self.seller)
        done = today.reflect(text, shared)
        return self.env["trust.reflection"].browse(done["line"]["id"]), done

    def found(self, user):
        lines = self.env["trust.reflection"].with_user(user)
        return lines.search([("user_id", "=", self.seller.id)])

    def test_private_until_shared(self):
        """H11: nobody else reads it, not even managers; shared, everybody does."""
        line, _done = self.reflect()
        self.assertEqual(self.found(self.seller), line)
        for user in (self.all_seller, self.manager, self.administrator):
            self.assertFalse(self.found(user))
            with self.assertRaises(AccessError):
                line.with_user(user).read(["text"])
            groups = line.with_user(user)._read_group([], ["user_id"], ["__count"])
            self.assertNotIn(self.seller, [group[0] for group in groups])
        line.with_user(self.seller).action_share()
        self.assertEqual(self.found(self.manager), line)
        line.with_user(self.seller).action_keep_private()
        self.assertFalse(self.found(self.manager))

    def test_nobody_writes_anothers(self):
        """H11: a shared story stays its author's; nobody speaks for somebody else."""
        line, _done = self.reflect(shared=True)
        for user in (self.all_seller, self.manager, self.administrator):
            with self.assertRaises(AccessError):
                line.with_user(user).write({"text": "Mine now"})
            with self.assertRaises(AccessError):
                line.with_user(user).unlink()
            with self.assertRaises(AccessError):
                line.with_user(user).create(
                    {"text": "I say", "user_id": self.seller.id}
                )

    def test_undo_and_nothing(self):
        """H11: kept by mistake is taken back; an empty line is refused."""
        line, done = self.reflect()
        today = self.env["trust.today"].with_user(self.seller)
        self.assertEqual(
            today.get_today()["reflections"],
            [{"id": line.id, "text": line.text, "shared": False}],
        )
        today.act(*done["undo"])
        self.assertFalse(line.exists())
        with self.assertRaises(ValidationError):
            self.reflect("   ")

    def test_another_company(self):
        """H11, C9: a story is shared within its company."""
        line, _done = self.reflect(shared=True)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.manager.write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        self.assertFalse(self.found(self.manager))
        self.assertTrue(line)
