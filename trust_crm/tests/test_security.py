# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import csv
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..models.trust_subject_mixin import MIRROR
from .common import TrustCase

MATRIX = Path(__file__).parent / "data" / "access_matrix.csv"
OPERATIONS = ("read", "write", "create", "unlink")
SHOWN = {"res.partner", "crm.lead"}


def granted():
    """Return ``{(model, role): operations}`` of the reviewed table."""
    with MATRIX.open() as file:
        return {
            (row["model"], row["role"]): row["operations"].split()
            for row in csv.DictReader(file)
        }


@tagged("post_install", "-at_install")
class TestSecurity(TrustCase):
    """Who may do what, and who sees nothing of us."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            "public": cls.env.ref("base.public_user"),
            "portal": new_test_user(cls.env, "trust_portal", "base.group_portal"),
            "internal": cls.outsider,
            "user": cls.seller,
            "user_all": cls.all_seller,
            "manager": cls.manager,
            "privacy": cls.privacy,
            "administrator": cls.administrator,
        }
        cls.outsider.group_ids += cls.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        cls.mine, cls.theirs = cls.env["res.partner"].create(
            [
                {"name": "Mine", "user_id": cls.seller.id},
                {"name": "Theirs", "user_id": cls.manager.id},
            ]
        )
        cls.leads = cls.env["crm.lead"].create(
            [
                {"name": "My lead", "user_id": cls.seller.id},
                {"name": "Their lead", "user_id": cls.manager.id},
            ]
        )
        for subject in (cls.mine, cls.theirs, *cls.leads):
            cls._record(subject, "promise_kept", user_id=cls.manager.id)
        cls._drain()

    # MATRIX

    def _models(self):
        return sorted(
            name
            for name, model in self.env.items()
            if name.startswith("trust.") and not model._abstract
        )

    def _found(self):
        found = {}
        for name in self._models():
            for role, user in self.roles.items():
                model = self.env[name].with_user(user)
                found[name, role] = [o for o in OPERATIONS if model.has_access(o)]
        return found

    def test_matrix(self):
        """T4: role x model x operation equals the reviewed table; none forgotten."""
        found, reviewed = self._found(), granted()
        wrong = {
            key: (found.get(key), reviewed.get(key))
            for key in found.keys() | reviewed.keys()
            if found.get(key) != reviewed.get(key)
        }
        self.assertFalse(wrong, "not as reviewed: {(model, role): (is, should)}")

    def test_every_model_has_a_way_in(self):
        """T4: no model without access rights, no company's data without a rule."""
        for name in self._models():
            model = self.env["ir.model"]._get(name)
            self.assertTrue(model.access_ids, name)
            field = self.env[name]._fields.get("company_id")
            if field and field.store and not self.env[name].is_transient():
                rules = model.rule_ids.filtered(lambda rule: not rule.groups)
                self.assertIn("company_id", str(rules.mapped("domain_force")), name)

    # WITHOUT THE GROUP

    def test_without_the_group_as_before(self):
        """C5: no field, no view of partner and lead tells that we are there."""
        for name in SHOWN:
            model = self.env[name].with_user(self.outsider)
            ours = {
                field.name
                for field in model._fields.values()
                if "trust_crm" in field._modules and field._modules[0] == "trust_crm"
            }
            self.assertTrue(ours >= set(MIRROR))
            self.assertFalse(ours & model.fields_get().keys(), name)
            views = [(False, kind) for kind in ("form", "list", "kanban", "search")]
            found = model.get_views(views)
            for kind, view in found["views"].items():
                self.assertNotIn("trust", view["arch"], f"{name} {kind}")
            shown = found["models"][name]["fields"]
            self.assertFalse(ours & shown.keys(), name)

    def test_without_the_group_no_path_to_a_score(self):
        """T5: mirror fields are not read, searched, sorted, grouped, aggregated.

        Turns red without ``groups=`` on the fields, and without the check of access in
        ``_field_to_sql``.
        """
        self.outsider.group_ids += self.env.ref("base.group_allow_export")
        for record in (self.theirs, self.leads[1]):
            seen = record.with_user(self.outsider)
            model = seen.browse()
            for name in MIRROR:
                for how, probe in self._probes(seen, name).items():
                    with self.subTest(how, model=record._name, field=name):
                        with self.assertRaises(AccessError):
                            probe()
            for name in ("trust_index", "trust_confidence", "trust_trend_30d"):
                with self.assertRaises(AccessError):
                    model._read_group([], [], [f"{name}:avg"])

    def _probes(self, seen, name):
        """Return ``{way: call}`` of the ways to the value of a field."""
        model, one = seen.browse(), [("id", "=", seen.id)]
        dated = model._fields[name].type in ("date", "datetime")
        value = "2026-01-01" if dated else 1
        return {
            "read": lambda: seen.read([name]),
            "attribute": lambda: seen[name],
            "search": lambda: model.search([(name, "!=", False)]),
            "sort": lambda: model.search([], order=name, limit=1),
            "group": lambda: model._read_group(one, [name]),
            "web": lambda: model.formatted_read_group(one, [name]),
            "export": lambda: seen.export_data([name]),
            "filter": lambda: seen.filtered_domain([(name, "=", value)]),
        }

    def test_path_from_elsewhere(self):
        """T5: a lead's customer is no detour to the customer's score."""
        leads = self.env["crm.lead"].with_user(self.outsider)
        for path in ("partner_id.trust_index", "partner_id.trust_band"):
            with self.assertRaises(AccessError):
                leads.search([(path, "!=", False)])
        with self.assertRaises(AccessError):
            self.env["trust.relationship"].with_user(self.outsider).search([])

    # OWN CUSTOMERS

    def test_own_customers_only(self):
        """T4, T5: the own group sees its own, by every path the same."""
        for mine, theirs in ((self.mine, self.theirs), tuple(self.leads)):
            both = (mine | theirs).with_user(self.seller)
            model, domain = both.browse(), [("id", "in", both.ids)]
            read = {row["id"]: row["trust_index"] for row in both.read(["trust_index"])}
            self.assertTrue(read[mine.id])
            self.assertFalse(read[theirs.id])
            self.assertFalse(theirs.with_user(self.seller).trust_relationship_id)
            high = model.search([*domain, ("trust_index", ">", 1)])
            self.assertEqual(high.ids, mine.ids)
            known = model.search([*domain, ("trust_relationship_id", "!=", False)])
            self.assertEqual(known.ids, mine.ids)
            nobody = model.search([*domain, ("trust_relationship_id", "=", False)])
            self.assertEqual(nobody.ids, theirs.ids)
            for order in ("trust_index desc", "trust_index asc"):
                first = model.search(domain, order=order, limit=1)
                self.assertEqual(first.ids, mine.ids, "unseen scores sort last")
            groups = model._read_group(domain, ["trust_band"], ["trust_index:avg"])
            averages = [average for _band, average in groups if average]
            self.assertEqual(averages, [read[mine.id]])
            (total,) = model._read_group(domain, [], ["trust_index:max"])[0]
            self.assertEqual(total, read[mine.id])

    def test_own_relationships_and_evidence(self):
        """T4: relationship, history, bond and ledger of others stay unseen."""
        seller = self.env(user=self.seller.id)
        subjects = [("partner_id", "in", (self.mine | self.theirs).ids)]
        for name in ("trust.relationship", "trust.snapshot"):
            found = seller[name].search(subjects)
            self.assertEqual(found.partner_id, self.mine, name)
        rows = seller["trust.evidence"].search(subjects)
        self.assertEqual(rows.partner_id, self.mine)
        self.assertFalse(seller["trust.bond"].search([]), "bonds of somebody else")
        theirs = self._relationship(self.theirs)
        for method in ("get_trust_panel", "read", "action_override"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(theirs.with_user(self.seller), method)()

    def test_sudo_leaves_nothing_in_the_cache(self):
        """T5: what the server read for itself is not shown to the user after it."""
        theirs = self.theirs.with_user(self.seller)
        self.assertTrue(theirs.sudo().trust_index)
        self.assertFalse(theirs.trust_index)

    def test_privacy_officer_sees_no_bonds(self):
        """T4: the officer reads the ledger of everybody, and no bond."""
        officer = self.env(user=self.privacy.id)
        rows = officer["trust.evidence"].search(
            [("partner_id", "in", (self.mine | self.theirs).ids)]
        )
        self.assertEqual(rows.partner_id, self.mine | self.theirs)
        with self.assertRaises(AccessError):
            officer["trust.bond"].search([])
