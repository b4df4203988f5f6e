# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

GROUP = "trust_crm.group_trust_user"
BALANCE = {"trust_favour_given": "given", "trust_favour_received": "received"}


class ResPartner(models.Model):
    """What the customer was given and gave, in the company's currency."""

    _inherit = "res.partner"

    trust_favour_given = fields.Monetary(
        "Favours Given",
        compute="_compute_trust_favour_balance",
        currency_field="trust_favour_currency_id",
        groups=GROUP,
    )
    trust_favour_received = fields.Monetary(
        "Favours Received",
        compute="_compute_trust_favour_balance",
        currency_field="trust_favour_currency_id",
        groups=GROUP,
    )
    trust_favour_currency_id = fields.Many2one(
        "res.currency", compute="_compute_trust_favour_currency_id", groups=GROUP
    )

    # COMPUTE

    @api.depends_context("company")
    def _compute_trust_favour_currency_id(self):
        self.trust_favour_currency_id = self.env.company.currency_id

    @api.depends_context("company", "uid")
    def _compute_trust_favour_balance(self):
        for partner in self:
            columns = [partner._trust_column(name) for name in BALANCE]
            query = SQL("SELECT %s, %s", *columns)
            [values] = self.env.execute_query(query)
            for name, value in zip(BALANCE, values, strict=True):
                partner[name] = value

    # ACTIONS

    @api.readonly
    def action_view_trust_favours(self):
        """The favours of this customer, ready to take another."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_favour_action"
        )
        domain = self._get_trust_people_domain()
        return action | {
            "domain": list(domain),
            "context": {"default_partner_id": self.id},
        }

    # ORM

    def unlink(self):
        """A draft about nobody says nothing; the register keeps the rest."""
        drafts = self.env["trust.favour"].sudo()
        drafts = drafts.search(
            [("partner_id", "in", self.ids), ("state", "=", "draft")]
        )
        drafts.unlink()
        return super().unlink()

    # BUSINESS

    def _trust_traces(self):
        done = [("trust.favour", "partner_id")]
        return super()._trust_traces() | dict.fromkeys(BALANCE, done)

    def _trust_counted(self):
        """The balance is no count, but comes by the same query."""
        return super()._trust_counted() | dict.fromkeys(BALANCE)

    def _trust_column(self, name, counted=None):
        if name not in BALANCE:
            return super()._trust_column(name, counted)
        favours = self.env["trust.favour"]
        domain = (
            self._get_trust_people_domain()
            & Domain("company_id", "=", self.env.company.id)
            & Domain("direction", "=", BALANCE[name])
            & Domain("state", "=", "done")
        )
        value = favours._fields["company_value"]
        query = favours._search(domain)
        return query.subselect(
            SQL(
                "COALESCE(SUM(%s), 0)::float8",
                SQL.identifier(query.table, "company_value", to_flush=value),
            )
        )
