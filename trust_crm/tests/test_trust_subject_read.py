# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.trust_subject_mixin import MIRROR
from .common import TrustCase

NAMED = {"fields": {"display_name": {}}}
ASKED = {
    "name": {},
    **dict.fromkeys(MIRROR, {}),
    "trust_relationship_id": {"fields": {}},
    "trust_circle_id": NAMED,
    "trust_stage_id": NAMED,
}


@tagged("post_install", "-at_install")
class TestTrustSubjectRead(TrustCase):
    """B5: what screens show of trust, in one query and as Odoo would read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for day in range(8):
            cls._record(cls.customer, "promise_kept", days_ago=day)
            cls._record(cls.contact, "feedback_good", days_ago=day)
        leads = [
            {"name": "Of a customer", "partner_id": cls.customer.id},
            {"name": "Of a stranger", "partner_id": cls.other_customer.id},
            {"name": "Its own"},
            {"name": "Nothing"},
        ]
        cls.leads = cls.env["crm.lead"].create(leads)
        cls._record(cls.leads[2], "promise_broken")
        cls._drain()
        cls.partners = cls.customer | cls.contact | cls.other_customer

    def _read(self, records, specification):
        """Return what the screen gets, and how many queries that costs."""
        for _turn in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            answer = records.web_read(specification)
        return answer, self.env.cr.sql_log_count - before

    def _read_natively(self, records, specification):
        kind = type(records)
        with (
            patch.object(kind, "_trust_shown", lambda *_args: set()),
            patch.object(kind, "_trust_traced", lambda *_args: {}),
        ):
            return self._read(records, specification)[0]

    def test_same_as_odoo(self):
        """B5: every value, in the form that Odoo itself would give."""
        plain = dict.fromkeys(ASKED, {})
        asked_of_one = ASKED | {"trust_promise_count": {}}
        for records, asked in (
            (self.partners, ASKED),
            (self.partners, plain),
            (self.leads, ASKED),
            (self.leads, plain),
            (self.customer, asked_of_one),
            (self.other_customer, asked_of_one),
            (self.leads[0], asked_of_one),
            (self.leads[2], asked_of_one),
            (self.leads[3], asked_of_one),
        ):
            for user in (self.all_seller, self.seller):
                records = records.with_user(user)
                answer = self._read(records, asked)[0]
                with self.subTest(user=user.login, records=records, asked=asked):
                    self.assertEqual(answer, self._read_natively(records, asked))

    def test_what_is_shown(self):
        """C6: a lead's own, its customer's, or nothing; C13: nothing is a dash."""
        answer, _count = self._read(self.leads.with_user(self.all_seller), ASKED)
        scores = [row["trust_index"] for row in answer]
        self.assertEqual(scores[0], self.customer.trust_index)
        self.assertGreater(scores[0], 50)
        self.assertLess(scores[2], 50)
        self.assertFalse(scores[1])
        self.assertFalse(answer[3]["trust_relationship_id"])

    def test_form_costs_one_query(self):
        """B5, B12: all of a customer without a trace; one more for what is counted."""
        for record, also in ((self.customer, "email"), (self.leads[0], "partner_id")):
            record = record.with_user(self.all_seller)
            names = record._trust_traces().keys() | {
                name
                for name, field in record._fields.items()
                if name.startswith("trust_")
                and field.type in ("one2many", "many2many")
                and record._has_field_access(field, "read")
            }
            shown = ASKED | dict.fromkeys(names, {})
            plain = self._read(record, {"name": {}, also: {}})[1]
            answer, count = self._read(record, shown | {also: {}})
            self.assertEqual(count, plain + 1, record)
            self.assertFalse(any(answer[0][name] for name in names))
            self._promise()
            asked = ASKED | {"trust_promise_count": {}, also: {}}
            answer, count = self._read(record, asked)
            self.assertEqual(count, plain + 2, record)
            self.assertTrue(answer[0]["trust_promise_count"])
            self.env["trust.promise"].search([]).unlink()

    def _promise(self):
        self.env["trust.promise"].with_user(self.manager).create(
            [
                {"name": "Call", "partner_id": self.contact.id},
                {
                    "name": "Write",
                    "lead_id": self.leads[0].id,
                    "partner_id": self.customer.id,
                },
            ]
        )

    def test_left_out_of_what_odoo_reads(self):
        """B5: Odoo's own reading of partners and leads leaves out our columns."""
        for model in ("res.partner", "crm.lead"):
            ours = {
                name
                for name, field in self.env[model]._fields.items()
                if field._module and field._module.startswith("trust_crm")
            }
            fetched = self.env[model]._determine_fields_to_fetch()
            self.assertTrue(ours)
            self.assertFalse(ours & {field.name for field in fetched})

    def test_more_than_a_screen_asks(self):
        """What is not answered here Odoo answers itself."""
        asked = {
            "name": {},
            "trust_circle_id": {"fields": {"level": {}}},
            "trust_relationship_id": {"fields": {"display_name": {}}},
        }
        answer, _count = self._read(self.customer, asked)
        relationship = self._relationship(self.customer)
        self.assertEqual(
            answer[0]["trust_circle_id"]["level"], relationship.circle_id.level
        )
        self.assertEqual(
            answer[0]["trust_relationship_id"]["display_name"], self.customer.name
        )

    def test_deleted_meanwhile(self):
        """B5: what somebody deleted meanwhile is left out, as Odoo does."""
        leads = self.leads[1:3].with_user(self.all_seller)
        kept, gone = leads
        gone.sudo().unlink()
        for asked in (ASKED, ASKED | {"trust_promise_count": {}}):
            self.assertFalse(self._read(gone, asked)[0])
            self.assertEqual(self._read(leads, asked)[0], self._read(kept, asked)[0])

    def test_access(self):
        """C5: not without the group, nor of a record that the user may not read."""
        with self.assertRaises(AccessError):
            self.customer.with_user(self.outsider).web_read(ASKED)
        other = self.env["res.company"].create({"name": "Shop"})
        self.leads[0].write({"company_id": other.id, "user_id": False})
        lead = self.leads[0].with_user(self.all_seller)
        for asked in (ASKED, {"trust_index": {}}, {"id": {}, "trust_index": {}}):
            with self.assertRaises(AccessError):
                self._read(lead, asked)
