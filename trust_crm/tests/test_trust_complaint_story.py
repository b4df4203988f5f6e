# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import re
from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .portal_common import PortalCase

DAYS = 31
MOVED = {
    "trust_complaint": (
        "received_date",
        "answered_date",
        "resolved_date",
        "closed_date",
        "answer_deadline",
        "solution_deadline",
        "outcome_date",
    ),
    "trust_evidence": ("date", "create_date"),
    "trust_snapshot": ("date",),
}
CHINESE = re.compile("[\u4e00-\u9fff]{3}")


@tagged("post_install", "-at_install")
class TestTrustComplaintStory(PortalCase):
    """A complaint from the photo to the trust that came back, in real browsers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "door_manager",
            "trust_crm.group_trust_manager,sales_team.group_sale_manager",
            name="Sara Vice",
        )
        cls.mara.user_id = cls.manager
        # Of our own, to be found by the same word in each language.
        cls.env["trust.feeling"].create({"name": "Vexed"})
        cls.env["trust.complaint.cause"].create({"name": "Weak hook"})
        now = fields.Datetime.now()
        cls.env["trust.evidence"]._record(
            [
                {
                    "signal": "promise_kept",
                    "partner_id": cls.mara.id,
                    "date": now - timedelta(days=days),
                    "source_key": f"story-{days}",
                }
                for days in range(1, 100, 4)
            ]
        )
        cls.env["trust.queue"]._drain()
        cls.relationship = cls.env["trust.relationship"]._get_for(cls.mara)

    def speak(self, lang):
        """Customer and manager read and write in that language."""
        self.env["res.lang"]._activate_lang(lang)
        addon = self.env["ir.module.module"].search([("name", "=", "trust_crm")])
        addon._update_translations([lang])
        (self.mara | self.manager.partner_id).lang = lang

    def go(self, who, path, tour):
        """That person's part of the story; the scores follow."""
        login = {"us": "door_manager", "customer": "door_mara"}.get(who)
        self.start_tour(path, f"trust_story_{tour}", login=login)
        self.env.invalidate_all()
        self.env["trust.queue"]._drain()
        return self.relationship.trust_index

    def move_clock(self):
        """A month goes by: all of today happened a month ago."""
        self.env.flush_all()
        for table, columns in MOVED.items():
            moves = SQL(", ").join(
                SQL("%(c)s = %(c)s - %(t)s", c=SQL.identifier(c), t=timedelta(DAYS))
                for c in columns
            )
            query = "UPDATE %s SET %s"
            self.env.cr.execute(SQL(query, SQL.identifier(table), moves))
        self.env.invalidate_all()
        self.env["trust.relationship"]._refresh()

    def tell(self):
        """From the photo to the pulse."""
        before = self.relationship.trust_index
        self.go("customer", "/my/complaints/new", "file")
        complaint = self.env["trust.complaint"].search(
            [("partner_id", "=", self.mara.id)]
        )
        ours, theirs = f"/odoo/trust-complaints/{complaint.id}", complaint.access_url
        for name in ("A discount", "A new shelf"):
            complaint.solution_ids = [fields.Command.create({"name": name})]
            if name == "A discount":
                dropped = self.go("us", ours, "listen")
                self.go("customer", theirs, "refuse")
        self.assertLess(dropped, before - 1, "the drop")
        self.assertEqual(complaint.step_code, "clarified")
        self.go("us", ours, "propose")
        self.go("customer", theirs, "accept")
        self.assertEqual(complaint.step_code, "agreed")
        mended = self.go("us", ours, "close")
        self.assertEqual(complaint.step_code, "closed")
        self.assertGreater(mended, dropped, "the recovery begins")
        self.move_clock()
        due = complaint.search(complaint._get_recovery_domain())
        self.assertIn(complaint, due)
        complaint._try_step("_ask_recovery")
        return complaint

    def check(self, lang):
        self.speak(lang)
        complaint = self.tell()
        pulse = complaint.feedback_ids
        self.assertEqual((pulse.kind, pulse.state), ("recovery", "sent"))
        self.assertEqual(complaint.recovered, "unknown")
        link = f"/trust/feedback/{pulse._get_token()}"
        shown = [self.url_open(link).text]
        self.authenticate("door_mara", "door_mara")
        shown.append(self.url_open(complaint.access_url).text)
        self.go("anybody", link, "pulse")
        self.assertEqual(complaint.recovered, "yes")
        self.assertEqual(complaint.outcome_voice, "customer")
        self.assertTrue(complaint.trust_before and complaint.trust_after)
        told = complaint.message_ids.filtered("tracking_value_ids")[0]
        self.assertEqual(told.author_id, self.mara, "not the public user")
        path = (
            f"/odoo/action-trust_crm.trust_relationship_action/{self.relationship.id}"
        )
        self.go("us", path, "history")
        indexes = self.relationship.snapshot_ids.sorted("date").mapped("trust_index")
        lowest = indexes.index(min(indexes))
        self.assertTrue(0 < lowest < len(indexes) - 1, "down, and up again")
        return shown

    def test_story(self):
        """K1-K8, K10, C11: filed with a photo, refused, accepted, closed, recovered."""
        pulse, door = self.check("en_US")
        self.assertIn("How satisfied are you with how we mended it?", pulse)
        self.assertIn("What you told us", door)

    def test_story_in_chinese(self):
        """K1-K8, K10, A3: the same, told and read in Chinese."""
        for text in self.check("zh_CN"):
            self.assertTrue(CHINESE.search(text), text)
            self.assertNotIn("How satisfied", text)
            self.assertNotIn("What you told us", text)
