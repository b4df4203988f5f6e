# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .portal_common import XSS, PortalCase


@tagged("post_install", "-at_install")
class TestPortalMemory(PortalCase):
    """K11: days and interests on *What you hold about me*; notes stay inside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.mara | cls.mate
        cls.env["trust.consent"].create([{"partner_id": p.id} for p in both])
        cls.day, cls.other_day = cls.env["trust.occasion"].create(
            [
                {"partner_id": cls.mara.id, "day": 29, "month": 2, "name": XSS},
                {"partner_id": cls.mate.id, "day": 7, "month": 7, "year": 1977},
            ]
        )
        interests = cls.env["trust.interest"]
        for person, word in ((cls.mara, "Beekeeping"), (cls.mate, "Skittles")):
            person.trust_interest_ids = interests.create({"name": word})
        cls.notes = cls.env["trust.memory"].create(
            [
                {"partner_id": cls.mara.id, "text": f"Note {kind}", "sensitivity": kind}
                for kind in ("normal", "sensitive", "confidence")
            ]
        )

    def page(self):
        return self.get("/my/trust-data").text

    def wish(self, kind, **data):
        return self.post("/my/trust-data/ask", {"kind": kind, **data})

    def test_page(self):
        """K11: my days and interests; no note, and nobody else's."""
        self.enter(self.mara)
        page = self.page()
        self.assertIn("February 29", page)
        self.assertIn("Beekeeping", page)
        self.assertLeavesNothing(page)
        for inside in ("Note normal", "Note sensitive", "Note confidence"):
            self.assertNotIn(inside, page)
        for other in ("Skittles", "1977"):
            self.assertNotIn(other, page)
        self.assertWritesNothing("/my/trust-data")

    def test_correction(self):
        """K11: a correction of a day goes to a person, and changes nothing."""
        self.enter(self.mara)
        self.wish("correct", about=self.day.id, words="It is in March")
        self.wish("correct", about="interests", words="No bees any more")
        asked = self.env["trust.data.request"].search(
            [("partner_id", "=", self.mara.id), ("state", "=", "new")]
        )
        words = "\n".join(asked.mapped("words"))
        self.assertIn("February 29: It is in March", words)
        self.assertIn("No bees any more", words)
        self.assertEqual((self.day.day, self.day.month), (29, 2))
        foreign = self.wish("correct", about=self.other_day.id, words="Mine?")
        self.assertEqual(foreign.status_code, 404)

    def test_withdraw(self):
        """K11: withdrawn, it is hidden the same second, and listed as done."""
        self.enter(self.mara)
        seller = self.env["trust.memory"].with_user(self.seller)
        about = [("partner_id", "=", self.mara.id)]
        self.assertTrue(seller.search(about))
        self.wish("no_memory")
        self.env.invalidate_all()
        self.assertFalse(seller.search(about))
        self.assertFalse(self.mara.trust_interest_ids)
        self.assertNotIn("Beekeeping", self.page())
        self.assertTrue(self.mate.trust_interest_ids)
        done = self.env["trust.data.request"].search(about)
        self.assertEqual((done.kind, done.state), ("no_memory", "done"))
        self.wish("no_memory")
        self.assertEqual(len(self.env["trust.data.request"].search(about)), 1)

    def test_agree(self):
        """K11: they may agree there too; what was hidden is there again."""
        self.enter(self.mara)
        self.wish("no_memory")
        self.wish("memory")
        self.env.invalidate_all()
        self.assertTrue(self.mara.trust_interest_ids)
        self.assertIn("Beekeeping", self.page())
        ground = self.mara.trust_consent_ids[:1]
        self.assertEqual((ground.ground, ground.state), ("consent", "standing"))
        self.assertEqual(ground.user_id, self.mara.user_ids)
