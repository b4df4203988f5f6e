# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL

from . import trust_introduction_sql as introduction_sql

BETWEEN = " → "


class TrustIntroduction(models.Model):
    """Who introduced whom, on what path, and what became of it (R6).

    Nothing is stored: customers and leads say who introduced them (``introducer_id``),
    and each of their words is a row here, as each is one *referral* in the ledger. A
    customer's own word stands for its leads with the same introducer; of several leads
    of one customer the first one speaks; nobody introduces the own company.

    Its ids are 2 × the customer's id, and 2 × the lead's id + 1.
    """

    _name = "trust.introduction"
    _description = "Introduction"
    _auto = False
    _depends = introduction_sql.READ
    _order = "date desc, id desc"

    introducer_id = fields.Many2one("res.partner", "Introduced By", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Datetime("Known Since", readonly=True)
    path = fields.Char(
        compute="_compute_path",
        help="From the first who introduced somebody on this path.",
    )
    # What became of it
    trust_index = fields.Float(
        "Their Trust Now", compute="_compute_trust_index", aggregator=None
    )
    trust_circle_id = fields.Many2one("trust.circle", compute="_compute_trust_index")
    won_value = fields.Monetary(
        compute="_compute_won_value",
        currency_field="currency_id",
        help="Won with them since then, of the opportunities that you may see.",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_won_value")

    @property
    def _table_query(self):
        return introduction_sql.introductions()

    # COMPUTE

    @api.depends("introducer_id", "partner_id", "lead_id")
    def _compute_display_name(self):
        for introduction in self:
            known = introduction.sudo()
            introduced = known.partner_id or known.lead_id
            introduction.display_name = BETWEEN.join(
                (known.introducer_id.display_name or "", introduced.display_name or "")
            )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_path(self):
        """The whole chain up, in one query; who may not be seen is left out."""
        chains = self._get_chains({i.id: i.introducer_id.id for i in self})
        names = self._get_names({id_ for chain in chains.values() for id_ in chain})
        for introduction in self:
            known = introduction.sudo()
            last = known.partner_id or known.lead_id
            chain = [*chains.get(introduction.id, ()), known.introducer_id.id]
            shown = [names[id_] for id_ in dict.fromkeys(chain) if id_ in names]
            introduction.path = BETWEEN.join([*shown, last.display_name or ""])

    @api.depends_context("company", "uid")
    def _compute_trust_index(self):
        """Empty for whom the user may not see, as everywhere."""
        for introduction in self:
            partner = introduction.partner_id.commercial_partner_id
            subject = partner or introduction.lead_id
            introduction.trust_index = subject.trust_index
            introduction.trust_circle_id = subject.trust_circle_id

    @api.depends_context("company", "uid")
    def _compute_won_value(self):
        won = self._get_won().grouped("commercial_partner_id")
        for introduction in self:
            partner = introduction.partner_id.commercial_partner_id
            leads = won.get(partner, self.env["crm.lead"]) if partner else ()
            introduction.currency_id = self.env.company.currency_id
            introduction.won_value = sum(
                lead.expected_revenue
                for lead in leads
                if (lead.date_closed or introduction.date) >= introduction.date
            )

    # BUSINESS

    def _get_won(self):
        """Return the won opportunities of these customers that the user may see."""
        leads = self.env["crm.lead"]
        if not leads.has_access("read"):
            return leads
        families = self.partner_id.commercial_partner_id
        return leads.search(
            [
                ("partner_id.commercial_partner_id", "in", families.ids),
                ("won_status", "=", "won"),
                ("company_id", "in", [self.env.company.id, False]),
            ]
        )

    @api.model
    def _get_chains(self, people):
        """Return ``{key: ids of who introduced that person, the first one first}``.

        :param people: ``{key: partner id}``
        """
        start = [(key, id_) for key, id_ in people.items() if id_]
        if not start:
            return {}
        values = SQL(", ").join(SQL("(%s::int, %s::int)", *pair) for pair in start)
        rows = self.env.execute_query(
            introduction_sql.chains(self.env, SQL("(VALUES %s)", values))
        )
        return {key: chain[::-1] for key, chain in rows}

    def _get_names(self, ids):
        """Return ``{partner id: name}`` of those that the user may read."""
        ids = {*ids, *self.introducer_id.ids}
        partners = self.env["res.partner"].browse(ids)._filtered_access("read")
        return {partner.id: partner.display_name for partner in partners}

    # ACTIONS

    def action_open_introduced(self):
        """The customer, or the lead while there is none."""
        self.ensure_one()
        subject = self.partner_id or self.lead_id
        return {
            "type": "ir.actions.act_window",
            "res_model": subject._name,
            "res_id": subject.id,
            "views": [(False, "form")],
        }
