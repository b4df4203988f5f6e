# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime

from freezegun import freeze_time

from odoo.tests import Form, tagged
from odoo.tools import SQL

from .memory_common import MemoryCase

PLANTED = {
    "name": "Quillworthy Marigold",
    "email": "marigold.q@canary.example",
    "phone": "+32 499 11 22 33",
    "interest": "Miniature lighthouses of Kamchatka",
    "lapsed interest": "Zither restoration",
    "occasion": "Feast of the blue herring",
    "normal note": "Met at the funicular in Ljubljana",
    "sensitive note": "Owes her sister a greenhouse",
    "confidence": "Will leave the firm at Michaelmas",
    "ground": "Nodded twice at the harbour fair",
    "wish": "May the herring be with you",
    "activity": "Bring pickled plums along",
}
BIRTHDAY = {"day": 23, "month": 11, "year": 1961}


@tagged("post_install", "-at_install")
class TestTrustMemoryPrivacy(MemoryCase):
    """T14: erase a person, and none of what we remembered is left anywhere."""

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time("2026-11-23 12:00"))
        self.marigold = self.env["res.partner"].create(
            {
                "name": PLANTED["name"],
                "email": PLANTED["email"],
                "phone": PLANTED["phone"],
                "user_id": self.seller.id,
            }
        )
        self.env["bus.bus"].search([]).unlink()

    def plant(self):
        """Twelve strings, by the ways on which they come in."""
        person, words = self.marigold, self.env["trust.interest"]
        consent = self.ground(person, purpose="interests")
        person.trust_interest_ids = words.create({"name": PLANTED["lapsed interest"]})
        consent.action_withdraw()
        self.ground(person, note=PLANTED["ground"])
        person.trust_interest_ids |= words.create({"name": PLANTED["interest"]})
        self.occasion(person, **BIRTHDAY)
        self.feast = self.occasion(
            person, kind="other", name=PLANTED["occasion"], day=23, month=11
        )
        self.memory(person, text=PLANTED["normal note"])
        self.memory(person, text=PLANTED["sensitive note"], sensitivity="sensitive")
        self.memory(person, text=PLANTED["confidence"], sensitivity="confidence")
        self.env["trust.occasion"].search([("next_date", "=", "2026-11-23")])._remind(
            datetime(2026, 11, 23, 12)
        )
        self.feast.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=PLANTED["activity"],
            user_id=self.seller.id,
        )
        self.send_wish()
        self.feast.with_user(self.seller).action_wished_call()
        self.env.flush_all()

    def send_wish(self):
        action = self.feast.with_user(self.seller).action_write()
        composer = self.env["mail.compose.message"].with_user(self.seller)
        form = Form(composer.with_context(**action["context"]))
        form.body = f"<p>{PLANTED['wish']}</p>"
        form.save()._action_send_mail()

    def find(self, text):
        """Tables that hold a text, of the whole database."""
        self.env.flush_all()
        tables = self.env.execute_query(
            SQL(
                """SELECT c.relname FROM pg_class c
                    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"""
            )
        )
        found = set()
        for (table,) in tables:
            name = SQL.identifier(table)
            sql = "SELECT 1 FROM %s t WHERE position(%s IN t::text) > 0 LIMIT 1"
            if self.env.execute_query(SQL(sql, name, text)):
                found.add(table)
        return found

    def test_erased(self):
        """T14: twelve strings before, none after; the facts about nobody stay."""
        self.plant()
        for what, text in PLANTED.items():
            self.assertTrue(self.find(text), what)
        facts = [("signal_id.code", "in", ("occasion_kept", "confidence_shared"))]
        before = self.env["trust.evidence"].search_count(facts)
        self.marigold.unlink()
        for what, text in PLANTED.items():
            self.assertFalse(self.find(text), what)
        for model in ("trust.occasion", "trust.memory", "trust.consent"):
            left = self.env[model].search([("partner_id", "=", False)])
            self.assertFalse(left, model)
        self.assertEqual(self.env["trust.evidence"].search_count(facts), before)
        keys = self.env["trust.evidence"].search(facts).mapped("source_key")
        self.assertNotIn("2026-11-23", keys)

    def test_retention(self):
        """T14: withdrawn, everything personal is gone after the time of grace."""
        self.plant()
        self.marigold.trust_consent_ids.action_withdraw()
        self.env["trust.consent"]._cron_retention()
        with freeze_time("2026-12-25 12:00"):
            self.env["trust.consent"]._cron_retention()
        kept = {"name", "email", "phone", "ground"}
        for what in PLANTED.keys() - kept:
            self.assertFalse(self.find(PLANTED[what]), what)

    def test_orphans(self):
        """T14: deleted past the ORM, the rows go with the next run of the job."""
        self.plant()
        self.env.cr.execute(
            "UPDATE trust_memory SET partner_id = NULL WHERE partner_id = %s",
            (self.marigold.id,),
        )
        self.env.invalidate_all()
        self.env["trust.consent"]._cron_retention()
        self.assertFalse(self.find(PLANTED["confidence"]))

    def test_listed_for_erasure(self):
        """T14: Odoo's privacy lookup finds every row of ours (links that do not
        cascade), by names that tell nothing."""
        for model in ("trust.occasion", "trust.memory", "trust.consent"):
            field = self.env[model]._fields["partner_id"]
            self.assertTrue(field.store)
            self.assertNotEqual(field.ondelete, "cascade")
        note = self.memory(sensitivity="confidence").with_user(self.administrator)
        self.assertNotIn("cello", note.sudo().display_name)
        self.assertNotIn("Mary", note.sudo().display_name)
