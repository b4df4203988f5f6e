# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import json
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

EXAMPLES = Path(__file__).parent / "data" / "worked_examples.json"


def worked_examples():
    """Return ``{name: example}`` of the specification's exact vectors."""
    return {e["name"]: e for e in json.loads(EXAMPLES.read_text())}


class TrustCase(BaseCommon):
    """A company, two customers, users of each role, and short words to tell a story.

    Postcommit hooks never run in tests: call :meth:`_drain` to refresh.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.company = cls.env.company
        cls.now = fields.Datetime.now()
        cls.evidence = cls.env["trust.evidence"]
        cls.relationships = cls.env["trust.relationship"]
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Azure Interior",
                "is_company": True,
                "email": "info@azure.example",
            }
        )
        cls.contact = cls.env["res.partner"].create(
            {
                "name": "Brandon Freeman",
                "parent_id": cls.customer.id,
                "email": "brandon@azure.example",
            }
        )
        cls.other_customer = cls.env["res.partner"].create({"name": "Deco Addict"})
        cls.seller = cls._new_user("seller", "trust_crm.group_trust_user")
        cls.all_seller = cls._new_user("all_seller", "trust_crm.group_trust_user_all")
        cls.manager = cls._new_user("manager", "trust_crm.group_trust_manager")
        cls.administrator = cls._new_user(
            "administrator", "trust_crm.group_trust_admin"
        )
        cls.privacy = cls._new_user("privacy", "trust_crm.group_trust_privacy")
        cls.outsider = cls._new_user("no_trust", "base.group_user")

    @classmethod
    def _new_user(cls, login, group):
        groups = f"{group},sales_team.group_sale_salesman_all_leads"
        return new_test_user(
            cls.env,
            login=f"trust_{login}",
            name=login,
            groups=groups if group != "base.group_user" else group,
        )

    @classmethod
    def _record(cls, subject, signal, magnitude=1, days_ago=0, **vals):
        """Record one fact about a partner or lead, so many days ago."""
        link = "partner_id" if subject._name == "res.partner" else "lead_id"
        cls.counter = getattr(cls, "counter", 0) + 1
        return cls.evidence._record(
            [
                {
                    "signal": signal,
                    link: subject.id,
                    "magnitude": magnitude,
                    "date": cls.now - timedelta(days=days_ago),
                    "source_key": f"test-{cls.counter}",
                    "company_id": cls.company.id,
                    **vals,
                }
            ]
        )

    @classmethod
    def _drain(cls):
        """Do what a commit does first, then refresh all that is owed."""
        cls.env.cr.flush()
        cls.env["trust.queue"]._drain()

    @classmethod
    def _relationship(cls, subject, company=None):
        return cls.relationships._get_for(subject, company or cls.company)

    def assertTrust(self, subject, places=6, **expected):
        """Compare fields of the subject's relationship, to 1e-6.

        A fact of this moment has faded a little when it is folded: 4 places then.
        """
        relationship = self._relationship(subject)
        for name, value in expected.items():
            self.assertAlmostEqual(relationship[name], value, places, name)
