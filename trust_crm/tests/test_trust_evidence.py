# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from contextlib import contextmanager

from psycopg2 import Error as DatabaseError

from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.trust_score_sql import COMPONENT_SUMS
from .common import TrustCase

REFUSED = (AccessError, UserError, ValidationError, DatabaseError)
UNINSTALL = {"_force_unlink": True}


@tagged("post_install", "-at_install")
class TestTrustEvidence(TrustCase):
    """C1, T3: the ledger is written by recording and voiding, and by nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls._record(cls.other_customer, "promise_kept", days_ago=3)
        cls.roles = {
            "salesman": cls.seller.id,
            "manager": cls.manager.id,
            "administrator": cls.administrator.id,
            "superuser": SUPERUSER_ID,
        }

    def _ledger(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM trust_evidence ORDER BY id")
        return self.env.cr.fetchall()

    @contextmanager
    def _refusal(self):
        """Fail unless the block is refused, whatever the kind of refusal."""
        try:
            with self.env.cr.savepoint():
                yield
                self.env.flush_all()
        except REFUSED:
            self.env.invalidate_all(flush=False)
        else:
            self.fail("this was not refused")

    def _attempts(self):
        """Return ``{name: (method, args, kwargs)}`` of calls that would tamper."""
        now, ids = "2024-01-01 00:00:00", self.row.ids
        vals = {"signal_id": self.row.signal_id.id, "date": now, "magnitude": 1}
        return {
            "write": ("write", [ids, {"magnitude": 0.1}], {}),
            "write pointer": ("write", [ids, {"partner_id": self.customer.id}], {}),
            "write voids": ("write", [ids, {"voided_by_ids": [Command.clear()]}], {}),
            "write nothing": ("write", [ids, {}], {}),
            "web_save": ("web_save", [ids, {"note": "x"}], {"specification": {}}),
            "unlink": ("unlink", [ids], {}),
            "unlink forced": ("unlink", [ids], {"context": UNINSTALL}),
            "copy": ("copy", [ids], {}),
            "create": ("create", [[vals]], {}),
            "name_create": ("name_create", ["promise_kept"], {}),
        }

    @mute_logger("odoo.sql_db", "odoo.models.unlink")
    def test_nobody_edits_deletes_or_duplicates(self):
        """C1: over RPC, as salesman up to superuser, also with an uninstall's context.

        Turns red when the write, unlink or copy guard is taken out, and when deletion
        heeds ``_force_unlink`` of the caller's context.
        """
        before = self._ledger()
        for role, uid in self.roles.items():
            model = self.env(user=uid)["trust.evidence"]
            for name, (method, args, kwargs) in self._attempts().items():
                with self.subTest(name, role=role):
                    with self._refusal():
                        call_kw(model, method, args, dict(kwargs))
                    self.assertEqual(self._ledger(), before)

    def test_private_methods_are_not_callable(self):
        """C1: recording and voiding are not open to RPC."""
        model = self.env(user=SUPERUSER_ID)["trust.evidence"]
        for method in ("_record", "_void", "_insert_rows"):
            with self.assertRaises(AccessError):
                call_kw(model, method, [self.row.ids, "x"], {})

    @mute_logger("odoo.sql_db", "odoo.models.unlink")
    def test_nobody_imports(self):
        """C1: neither new rows nor over old ones; the message says so."""
        before = self._ledger()
        columns = [".id", "magnitude", "date", "signal_id/.id"]
        line = [str(self.row.id), "0.1", "2024-01-01", str(self.row.signal_id.id)]
        for role, uid in self.roles.items():
            model = self.env(user=uid)["trust.evidence"]
            for fields, data in ((columns, line), (columns[1:], line[1:])):
                with self.subTest(role=role, fields=fields):
                    try:
                        result = model.load(fields, [data])
                    except REFUSED:
                        result = {"ids": False, "messages": [True]}
                    self.assertFalse(result["ids"])
                    self.assertTrue(result["messages"])
                    self.assertEqual(self._ledger(), before)

    @mute_logger("odoo.sql_db", "odoo.addons.base_import.models.base_import")
    def test_nobody_imports_a_file(self):
        """C1: the import screen stops at the same guard."""
        if "base_import.import" not in self.env:
            self.skipTest("base_import is not installed")
        before = self._ledger()
        text = f".id,magnitude\n{self.row.id},0.1\n".encode()
        wizard = self.env(user=SUPERUSER_ID)["base_import.import"].create(
            {
                "res_model": "trust.evidence",
                "file": text,
                "file_type": "text/csv",
            }
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        result = wizard.execute_import([".id", "magnitude"], [".id", "m"], options)
        self.assertFalse(result.get("ids"))
        self.assertTrue(result["messages"])
        self.assertEqual(self._ledger(), before)

    @mute_logger("odoo.sql_db", "odoo.models.unlink")
    def test_no_command_through_a_parent(self):
        """T3: deleting or editing rows through the wizard that lists them."""
        before = self._ledger()
        for command in (
            Command.delete(self.row.id),
            Command.update(self.row.id, {"magnitude": 0.1}),
            Command.create({"magnitude": 1, "date": self.now}),
        ):
            with self.subTest(command), self._refusal():
                wizard = self.env["trust.evidence.void"].create({"reason": "x"})
                wizard.write({"evidence_ids": [command]})
            self.assertEqual(self._ledger(), before)

    @mute_logger("odoo.sql_db", "odoo.models.unlink")
    def test_deleting_partner_user_and_company(self):
        """T3: rows outlive partner and user; a company with evidence stays."""
        company = self.env["res.company"].create({"name": "Gone"})
        user = self._new_user("leaver", "trust_crm.group_trust_user")
        rows = self._record(
            self.other_customer, "promise_kept", user_id=user.id, company_id=company.id
        )
        self._drain()
        self.env["trust.bond"].search([("user_id", "=", user.id)]).ensure_one()
        with self._refusal():
            company.unlink()
        user.unlink()
        self.other_customer.unlink()
        self.env.flush_all()
        rows.invalidate_recordset()
        self.assertTrue(rows.exists() and self.row.exists())
        self.assertFalse(rows.user_id or rows.partner_id)
        self.assertEqual(rows.company_id, company)

    def test_signal_that_spoke_stays(self):
        """C1: deleting a signal would take its history along."""
        with self.assertRaises(UserError):
            self.row.signal_id.unlink()

    def test_merge_of_three_keeps_every_row(self):
        """C1, T3: colliding sources; the score is the fold of the union, moves logged.

        Turns red without the override of ``_update_foreign_keys``, and with partner_id
        in a unique constraint of the ledger.
        """
        partners = self.env["res.partner"].create(
            [{"name": name} for name in ("A", "B", "C", "Twin")]
        )
        *sources, target, twin = partners
        story = [("promise_kept", 40), ("promise_broken", 20), ("referral", 5)]
        rows = self.evidence
        for partner in (*sources, target):
            for signal, days in story:
                source = {"source": partner, "source_key": "same"}
                rows |= self._record(partner, signal, days_ago=days, **source)
                self._record(twin, signal, days_ago=days)
        self._drain()
        content = rows.read(["signal_id", "date", "magnitude", "source_id", "voice"])
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(partners[:3].ids, target, extra_checks=False)
        self._drain()
        rows.invalidate_recordset()
        self.assertEqual(len(rows.exists()), 9)
        self.assertEqual(rows.partner_id, target)
        self.assertEqual(
            rows.read(["signal_id", "date", "magnitude", "source_id", "voice"]), content
        )
        survivor, union = self._relationship(target), self._relationship(twin)
        self.assertEqual(survivor.evidence_count, 9)
        (survivor | union)._refresh(survivor | union, at=self.now)
        for column in (*COMPONENT_SUMS, "trust_index", "circle_low"):
            self.assertAlmostEqual(survivor[column], union[column], 9, column)
        routes = self.env["trust.evidence.route"].search(
            [("evidence_id", "in", rows.ids)]
        )
        self.assertEqual(len(routes), 6)
        self.assertEqual(set(routes.mapped("from_name")), {"A", "B"})
        self.assertEqual(set(routes.mapped("to_id")), {target.id})
        again = self._record(target, "referral", source=target, source_key="same")
        self.assertIn(again, rows)

    def test_row_can_be_read_and_exported(self):
        """C1: read, filtered, grouped and exported."""
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        rows = self.evidence.with_user(self.manager)
        domain = [("partner_id", "=", self.other_customer.id), ("state", "=", "live")]
        self.assertEqual(rows.search(domain), self.row)
        groups = rows._read_group(domain, ["signal_id", "date:month"], ["__count"])
        self.assertEqual(groups[0][-1], 1)
        datas = rows.search(domain).export_data(["signal_id", "magnitude"])["datas"]
        self.assertEqual(datas[0][1], 1.0)
