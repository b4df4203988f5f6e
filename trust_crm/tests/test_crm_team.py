# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from lxml import etree

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import TrustCase


@tagged("post_install", "-at_install")
class TestCrmTeam(TrustCase):
    """Whose customers are a team's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        more = cls._new_user("more", "trust_crm.group_trust_user")
        others = cls._new_user("others", "trust_crm.group_trust_user")
        cls.north, cls.south = cls.env["crm.team"].create(
            [
                {"name": "Northmost", "member_ids": (cls.seller | more).ids},
                {"name": "Southmost", "member_ids": (cls.all_seller | others).ids},
            ]
        )
        cls.owners = cls.seller | cls.all_seller | cls.manager
        for owner in cls.owners:
            partner = cls.env["res.partner"].create(
                {"name": f"Of {owner.name}", "user_id": owner.id}
            )
            cls._record(partner, "promise_kept")
        cls._drain()

    def _owners(self, domain, user=None):
        customers = self.env["trust.relationship"].with_user(user or self.manager)
        return customers.search(Domain(domain)).user_id & self.owners

    def _search(self, tag, name):
        view = self.env["trust.relationship"].get_view(view_type="search")
        return etree.fromstring(view["arch"]).find(f".//{tag}[@{name}]")

    def _check(self, team, owners):
        """The page of a team counts what the search for it finds."""
        node = self._search("field", "string='Sales team'")
        domain = safe_eval(node.get("filter_domain"), {"self": team.name})
        self.assertEqual(self._owners(domain), owners)
        page = self.env["trust.team.view"].with_user(self.manager)
        self.assertEqual(
            self._owners(page._get_customers_domain(page._get_span(team.id, 90))),
            owners,
        )

    def test_a_leader_of_no_team_counts_where_they_lead(self):
        """I2, I7: search, map and page mean the same by a team."""
        self.north.user_id = self.manager
        self._check(self.north, self.seller | self.manager)
        self._check(self.south, self.all_seller)
        node = self._search("filter", "name='my_team'")
        domain = safe_eval(node.get("domain"), {"uid": self.manager.id})
        self.assertEqual(self._owners(domain), self.seller | self.manager)

    def test_a_leader_counts_once(self):
        """I2, I7: who leads one team and sells in another counts in the latter."""
        self.north.user_id = self.all_seller
        self._check(self.north, self.seller)
        self._check(self.south, self.all_seller)
