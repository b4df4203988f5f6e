# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTrustMemoryWeb(HttpCase):
    """H4: as a salesperson clicks it."""

    def test_tour(self):
        """H4: a ground, then a note in confidence, on the page of the person."""
        user = new_test_user(
            self.env,
            "trust_memory_seller",
            "trust_crm.group_trust_user,sales_team.group_sale_salesman_all_leads",
        )
        person = self.env["res.partner"].create(
            {"name": "Mary Achieng", "user_id": user.id}
        )
        url = f"/odoo/res.partner/{person.id}"
        self.start_tour(url, "trust_crm_memory", login=user.login, timeout=120)
        self.env.invalidate_all()
        self.assertEqual(person.trust_consent_ids.note, "On the phone")
        self.assertEqual(person.trust_consent_ids.user_id, user)
        memory = self.env["trust.memory"].sudo().search([("user_id", "=", user.id)])
        self.assertEqual(memory.sensitivity, "confidence")
        self.assertEqual(memory.partner_id, person)

    def test_preferences(self):
        """H9: the preferences offer my interests to users of Trust, and to nobody
        else."""
        users = self.env["res.users"]
        view = self.env.ref("base.view_users_form_simple_modif").id
        member = new_test_user(self.env, "trust_likes", "trust_crm.group_trust_user")
        other = new_test_user(self.env, "trust_likes_not", "base.group_user")
        for user, shown in ((member, True), (other, False)):
            arch = users.with_user(user).get_view(view, "form")["arch"]
            self.assertEqual("trust_interest_ids" in arch, shown)
