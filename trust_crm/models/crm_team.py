# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class CrmTeam(models.Model):
    """Whose customers are a team's: one answer for pages, reviews and experiments."""

    _inherit = "crm.team"

    def _get_trust_people(self):
        """Return the members, and leaders who are in no team themselves.

        Odoo lets somebody lead from another team; their customers are counted there.
        The search for a team's customers (``trust_relationship_views.xml``) agrees.
        """
        teams = self.sudo()
        leaders = teams.user_id.filtered(lambda user: not user.crm_team_ids)
        return teams.member_ids | leaders


class ResUsers(models.Model):
    """Lets a search find the customers of a team's leader."""

    _inherit = "res.users"

    trust_led_team_ids = fields.One2many(
        "crm.team",
        "user_id",
        "Sales teams led",
        groups="trust_crm.group_trust_user",
    )
