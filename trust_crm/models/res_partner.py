# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# A change of these moves evidence to another company, or removes the score.
ROUTING = {"parent_id", "commercial_partner_id", "is_company", "trust_scoring"}


class ResPartner(models.Model):
    """The customer: shows the score, never writes one."""

    _name = "res.partner"
    _inherit = [
        "res.partner",
        "trust.subject.mixin",
        "trust.evidence.observed.mixin",
    ]

    trust_scoring = fields.Selection(
        [("always", "Always"), ("never", "Never: opted out of scoring")],
        "Score This Contact",
        prefetch="trust",
        copy=False,
        groups="trust_crm.group_trust_user",
        help="Empty: as soon as the contact is a customer (a lead, order, promise or "
        "complaint is there).",
    )
    introducer_id = fields.Many2one(
        "res.partner",
        "Introduced By",
        index="btree_not_null",
        prefetch="trust",
        copy=False,
        groups="trust_crm.group_trust_user",
        help="Who brought this customer to us.",
    )

    # ORM

    def write(self, vals):
        routed = ROUTING & vals.keys()
        before = self._trust_families() if routed else set()
        result = super().write(vals)
        if routed:
            self._trust_rerouted(before, vals)
        if "introducer_id" in vals:
            self._trust_introduced()
        return result

    def unlink(self):
        concerned = self._trust_known(self._trust_families(), self.ids)
        result = super().unlink()
        left = concerned - set(self.ids)
        self.env["trust.queue"]._push([(p, None, None) for p in left], "unlink")
        return result

    # BUSINESS

    def _trust_insiders(self):
        """Return our companies and colleagues among ``self``."""
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        own = companies.search([("partner_id", "in", self.ids)]).partner_id
        return self.filtered(lambda p: not p.sudo().partner_share) | (own & self)

    def _check_trust_subject(self):
        """Refuse colleagues and our own companies."""
        insiders = self._trust_insiders()
        if insiders:
            raise UserError(
                self.env._(
                    "%(name)s is one of us: only contacts outside the company have a "
                    "relationship.",
                    name=insiders[0].sudo().display_name,
                )
            )

    def _join_trust(self, alias, query):
        return [self._left_join_trust(alias, query, "partner_id", "id")]

    def _trust_key(self):
        return self.id, None

    def _trust_observers(self):
        return ["referral"]

    def _trust_subjects(self):
        return self.introducer_id

    def _trust_introduced(self):
        """An introduction speaks here or on the leads of this customer, once."""
        self._collect_trust_evidence_later()
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        domain = [("partner_id", "child_of", self.ids), ("introducer_id", "!=", False)]
        leads.search(domain)._collect_trust_evidence_later()

    def _trust_families(self):
        """Return the ids of these partners' commercial entities."""
        return set(self.sudo().commercial_partner_id.ids)

    def _trust_rerouted(self, before, vals):
        """Queue who is concerned when contacts moved or opted in or out."""
        if vals.get("trust_scoring") == "never":
            self._trust_forget()
        families = {*before, *self._trust_families()}
        known = self._trust_known(families, [*before, *self.ids])
        self.env["trust.queue"]._push([(p, None, None) for p in known], "moved")

    @api.model
    def _trust_known(self, families, ids):
        """Return those of ``ids`` and these families that have evidence or a score."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT p.id FROM res_partner p
                    WHERE (p.id = ANY(%(ids)s)
                           OR p.commercial_partner_id = ANY(%(families)s))
                      AND (EXISTS (SELECT FROM trust_relationship r
                                    WHERE r.partner_id = p.id)
                        OR EXISTS (SELECT FROM trust_evidence e
                                    WHERE e.partner_id = p.id))""",
                ids=list(ids),
                families=list(families),
            )
        )
        return {row[0] for row in rows}

    def _trust_forget(self):
        """Remove the scores of contacts who opted out; the ledger keeps its facts."""
        relationships = self.env["trust.relationship"].sudo()
        relationships.search([("partner_id", "in", self.ids)]).unlink()

    @api.model
    def _trust_customer_models(self):
        """Return the models whose ``partner_id`` is a customer.

        Glue addons add theirs: orders make customers too.
        """
        return ["crm.lead", "trust.relationship"]

    @api.model
    def _trust_customer_sql(self):
        """Return a SELECT of commercial entities' ids that are customers."""
        chosen = SQL(
            """SELECT p.commercial_partner_id AS id FROM res_partner p
                WHERE p.trust_scoring = 'always'"""
        )
        linked = (
            SQL(
                """SELECT p.commercial_partner_id
                     FROM %s d JOIN res_partner p ON p.id = d.partner_id""",
                SQL.identifier(self.env[model]._table),
            )
            for model in self._trust_customer_models()
        )
        return SQL(" UNION ").join([chosen, *linked])
