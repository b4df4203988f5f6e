# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TrustCase

SECRET = "Wants to impress her sister"


@tagged("post_install", "-at_install")
class TestTrustNeedRights(TrustCase):
    """H6, T5: a secret need is for who found it, the salesperson and managers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finder = cls._new_user("finder", "trust_crm.group_trust_user")
        cls.colleague = cls._new_user("colleague", "trust_crm.group_trust_user")
        (cls.customer | cls.contact).user_id = cls.seller
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "New kitchen",
                "partner_id": cls.contact.id,
                "user_id": cls.colleague.id,
            }
        )
        for user in (cls.all_seller, cls.colleague, cls.outsider, cls.privacy):
            user.group_ids += cls.env.ref("base.group_allow_export")
        needs = cls.env["trust.need"].with_user(cls.finder)
        cls.secret, cls.stated = needs.create(
            [
                {"name": SECRET, "kind": "secret", "lead_id": cls.lead.id},
                {"name": "A kitchen", "kind": "stated", "lead_id": cls.lead.id},
            ]
        )

    def found(self, user, *domain):
        both = ("id", "in", (self.secret | self.stated).ids)
        return self.env["trust.need"].with_user(user).search([both, *domain])

    def test_who_reads_it(self):
        """H6: finder, salesperson, managers; not all sellers, not the lead's."""
        both = self.secret | self.stated
        for user in (self.finder, self.seller, self.manager, self.administrator):
            self.assertEqual(self.found(user), both, user.name)
        for user in (self.all_seller, self.colleague):
            self.assertEqual(self.found(user), self.stated, user.name)
        for user in (self.outsider, self.privacy):
            with self.assertRaises(AccessError):
                self.found(user)

    def test_a_lead_without_customer(self):
        """H6: its salesperson stands for the customer's until there is one."""
        lead = self.env["crm.lead"].create(
            {"name": "Attic", "user_id": self.colleague.id}
        )
        need = self.secret.copy({"lead_id": lead.id, "partner_id": False})
        own = need.with_user(self.colleague)
        self.assertEqual(own.name, SECRET)
        lead.partner_id = self.contact
        self.env.cr.flush()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            own.read(["name"])

    def test_no_way_to_it(self):
        """T5: search, count, order, group, aggregate, export, name, read, write, card,
        evidence, Today and caller card: nothing, or a refusal."""
        for user in (self.all_seller, self.colleague):
            for how, answer in self._ways(user).items():
                with self.subTest(how, user=user.name):
                    self.assertNotIn(SECRET, str(answer()))
            for how, probe in self._refused(user).items():
                with self.subTest(how, user=user.name):
                    with self.assertRaises(AccessError):
                        probe()

    def _ways(self, user):
        needs = self.env["trust.need"].with_user(user)
        today = self.env["trust.today"].with_user(user)
        partners = self.customer.with_user(user)
        part = [("name", "=like", "Wants%")]
        return {
            "search": lambda: needs.search(part).mapped("name"),
            "path": lambda: (
                self._none(
                    self.env["trust.evidence"]
                    .with_user(user)
                    .search([("note", "!=", "")])
                )
                and ""
            ),
            "count": lambda: self._none(needs.search_count(part)),
            "name_search": lambda: self._none(needs.name_search("Wants")),
            "order": lambda: needs.search([], order="name desc").mapped("name"),
            "group": lambda: needs._read_group([], ["name"], ["__count"]),
            "web group": lambda: needs.formatted_read_group([], ["kind"], ["name:max"]),
            "kinds": lambda: self._none(
                needs._read_group([("kind", "=", "secret")], ["kind"])
            ),
            "array": lambda: needs._read_group([], [], ["name:array_agg"]),
            "export": lambda: needs.search([]).export_data(["name"]),
            "web": lambda: needs.web_search_read([], {"name": {}}),
            "card of the customer": lambda: needs.get_card("res.partner", partners.id),
            "card of the lead": lambda: needs.get_card("crm.lead", self.lead.id),
            "topics": lambda: today._get_topics(partners),
            "caller": lambda: today.get_caller_card(self.contact.id),
            "lead": lambda: self._read_all(self.lead.with_user(user)),
            "customer": lambda: self._read_all(self.contact.with_user(user)),
        }

    def _read_all(self, record):
        """All that the app adds to the record."""
        names = [n for n in record.fields_get() if n.startswith("trust_")]
        return record.read(names)

    def _none(self, found):
        self.assertFalse(found)
        return found

    def _refused(self, user):
        secret = self.secret.with_user(user)
        return {
            "read": lambda: secret.read(["name"]),
            "name": lambda: secret.display_name,
            "export": lambda: secret.export_data(["name"]),
            "write": lambda: secret.write({"kind": "stated"}),
            "copy": lambda: secret.copy(),
            "unlink": lambda: secret.unlink(),
            "filter": lambda: secret.filtered_domain([("name", "=like", "W%")]),
        }

    def test_looks_like_nobody_found_one(self):
        """T5: with and without the secret the card is the same for the others."""
        needs = self.env["trust.need"].with_user(self.all_seller)
        today = self.env["trust.today"].with_user(self.all_seller)

        def seen():
            return (
                needs.get_card("crm.lead", self.lead.id),
                today._get_topics(self.contact.with_user(self.all_seller)),
                today.get_caller_card(self.contact.id)["questions"],
            )

        before = seen()
        self.secret.unlink()
        self.assertEqual(seen(), before)

    def test_met_says_nothing(self):
        """T5: the ledger counts a secret need that was met, without a word of it."""
        self.secret.state = "confirmed"
        self.secret.state = "met"
        rows = self.secret._trust_evidence_rows().with_user(self.all_seller)
        self.assertEqual(rows.signal_id.code, "need_met")
        self.assertNotIn(SECRET, str(rows.read()))
        self.assertFalse(rows._readable_documents())
        self._drain()
        relationship = self._relationship(self.contact).with_user(self.all_seller)
        self.assertNotIn(SECRET, str(relationship.get_trust_panel()))

    def test_other_company(self):
        """C9: needs are seen in their company only."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.manager.company_ids += company
        needs = self.env["trust.need"].with_user(self.manager)
        elsewhere = needs.with_context(allowed_company_ids=company.ids)
        self.assertFalse(elsewhere.search([]))
        self.assertTrue(needs.search([("id", "=", self.stated.id)]))
