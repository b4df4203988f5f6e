# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import trust_introduction_sql as introduction_sql
from .trust_introduction import BETWEEN

PATH = "trust_introduction_path"


class TrustSubjectMixin(models.AbstractModel):
    """Partner and lead: by whom they came, and whom they brought."""

    _inherit = "trust.subject.mixin"

    trust_introduction_count = fields.Integer(
        "Introductions",
        compute="_compute_trust_introduction_count",
        groups="trust_crm.group_trust_user",
    )
    trust_introduction_path = fields.Char(
        "Came Through",
        compute="_compute_trust_introduction_path",
        groups="trust_crm.group_trust_user",
        help="Who introduced them, and who introduced those.",
    )

    # COMPUTE

    def _compute_trust_introduction_count(self):
        self._count_trust("trust_introduction_count")

    def _compute_trust_introduction_path(self):
        for subject in self:
            [(path,)] = self.env.execute_query(
                SQL("SELECT %s", subject._trust_column(PATH))
            )
            subject[PATH] = path or False

    # ACTIONS

    @api.readonly
    def action_view_trust_introductions(self):
        """Whom these people introduced, and by whom they came."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_introduction_action"
        )
        people = self._get_trust_person()._get_trust_people_domain()
        came = people | Domain("lead_id", "in", self.ids * (self._name == "crm.lead"))
        domain = came | self._get_trust_introduced_domain()
        return action | {"domain": list(domain), "context": {}}

    # BUSINESS

    def _get_trust_introduced_domain(self):
        """Introductions that this customer's people made."""
        person = self._get_trust_person()
        family = person._get_trust_people_domain()
        return family.map_conditions(
            lambda c: Domain(
                c.field_expr.replace("partner_id", "introducer_id", 1),
                c.operator,
                c.value,
            )
        )

    def _trust_traces(self):
        came = ("id", "introducer_id")
        return super()._trust_traces() | {
            "trust_introduction_count": [
                ("res.partner", "introducer_id"),
                ("crm.lead", "introducer_id"),
            ],
            PATH: [
                ("res.partner", *came),
                ("crm.lead", *came),
                ("crm.lead", "partner_id", "introducer_id"),
            ],
        }

    def _trust_counted(self):
        """The path is no count, but comes by the same query."""
        return super()._trust_counted() | {
            "trust_introduction_count": (
                "trust.introduction",
                self._get_trust_introduced_domain(),
            ),
            PATH: None,
        }

    def _trust_column(self, name, counted=None):
        if name != PATH:
            return super()._trust_column(name, counted)
        start = SQL(
            "(SELECT 0, x.id FROM (%s) x WHERE x.id IS NOT NULL)",
            self._trust_path_start(),
        )
        readable = self.env["res.partner"]._search([])
        return SQL(
            """(SELECT string_agg(COALESCE(n.complete_name, n.name), %(between)s
                                  ORDER BY u.place DESC)
                  FROM (%(chains)s) k (key, seen)
                 CROSS JOIN LATERAL unnest(k.seen) WITH ORDINALITY u (id, place)
                  JOIN res_partner n ON n.id = u.id
                 WHERE n.id IN %(readable)s)""",
            between=BETWEEN,
            chains=introduction_sql.chains(self.env, start),
            readable=readable.subselect(),
        )

    def _trust_path_start(self):
        """SELECT of the person at whom the way up begins."""
        return SQL("SELECT %s::int AS id", self._get_trust_person().id or None)


class CrmLead(models.Model):
    """A lead without a customer came through its own introducer."""

    _inherit = "crm.lead"

    def _trust_column(self, name, counted=None):
        """Put the lead's introducer behind those who introduced him."""
        if name != PATH or self.partner_id or not self.introducer_id:
            return super()._trust_column(name, counted)
        return SQL(
            "concat_ws(%s, %s, %s)",
            BETWEEN,
            super()._trust_column(name, counted),
            self.introducer_id.sudo().display_name,
        )

    def _trust_path_start(self):
        person = self._get_trust_person() or self.introducer_id
        return SQL("SELECT %s::int AS id", person.id or None)
