# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL

from .trust_before_commit import before_commit

# A won opportunity says something else, or nothing, when these change.
SPEAKING = {"stage_id", "active", "probability", "date_closed", "partner_id"}


class CrmLead(models.Model):
    """A lead shows its customer's relationship, or its own while it has none."""

    _name = "crm.lead"
    _inherit = [
        "crm.lead",
        "trust.subject.mixin",
        "trust.evidence.observed.mixin",
    ]

    introducer_id = fields.Many2one(
        "res.partner",
        "Introduced By",
        index="btree_not_null",
        prefetch="trust",
        copy=False,
        groups="trust_crm.group_trust_user",
        help="The customer who recommended us to this lead.",
    )

    # ORM

    def write(self, vals):
        speaking = self.browse()
        if SPEAKING & vals.keys():
            speaking = self.filtered(lambda lead: lead.won_status == "won")
        if "introducer_id" in vals:
            speaking = self
        result = super().write(vals)
        if vals.get("partner_id"):
            before_commit(self, "_trust_customer_found")
        speaking._collect_trust_evidence_later()
        return result

    # BUSINESS

    @api.model
    def _queue_transferred(self):
        """Queue open leads of companies that we know, so that they start from there.

        Odoo recognises the company by its name (``commercial_partner_id``).
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO trust_queue (lead_id, company_id, reason, create_date)
                SELECT DISTINCT l.id, r.company_id, 'transferred',
                       now() at time zone 'UTC'
                  FROM crm_lead l
                  JOIN res_partner p ON p.name = l.partner_name AND p.is_company
                  JOIN trust_relationship r ON r.partner_id = p.id
                       AND r.evidence_count > 0
                       AND (l.company_id IS NULL OR r.company_id = l.company_id)
                 WHERE l.partner_id IS NULL AND l.active
                   AND NOT EXISTS (SELECT FROM trust_relationship o
                                    WHERE o.lead_id = l.id
                                      AND o.company_id = r.company_id)
                """
            )
        )

    def _join_trust(self, alias, query):
        """Two joins: one with OR would be a nested loop over everybody."""
        return [
            self._left_join_trust(alias, query, "partner_id", "partner_id"),
            self._left_join_trust(alias, query, "lead_id", "id"),
        ]

    def _fetch_trust_key(self, names):
        """With the company, by which Odoo checks the access to what is read already."""
        self.fetch({"partner_id", "company_id", *names})

    def _trust_key(self):
        return self.partner_id.id or None, self.id

    def _trust_observers(self):
        return ["purchase_repeated", "referral"]

    def _trust_subjects(self):
        return self.partner_id | self.introducer_id

    def _trust_customer_found(self):
        """Hand the evidence of leads over to the customer they got."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.id FROM crm_lead l
                 WHERE l.id = ANY(%s) AND l.partner_id IS NOT NULL
                   AND (EXISTS (SELECT FROM trust_relationship r
                                 WHERE r.lead_id = l.id)
                     OR EXISTS (SELECT FROM trust_promise p
                                 WHERE p.lead_id = l.id AND p.partner_id IS NULL)
                     OR EXISTS (SELECT FROM trust_evidence e
                                 WHERE e.lead_id = l.id AND e.partner_id IS NULL))
                """,
                self.ids,
                to_flush=self._fields["partner_id"],
            )
        )
        routes = self.env["trust.evidence.route"].sudo()
        found = self.browse([row[0] for row in rows])
        for partner, leads in found.grouped("partner_id").items():
            if not partner._trust_insiders():
                routes._move("lead_customer", "lead_id", leads, partner, "partner_id")
                leads._trust_promises_to(partner)
                if leads._trust_relationship_to(partner):
                    self.env["trust.queue"]._push([(partner.id, None, None)], "lead")

    def _trust_promises_to(self, partner):
        """Address the leads' promises to the customer."""
        domain = [("lead_id", "in", self.ids), ("partner_id", "=", False)]
        promises = self.env["trust.promise"].sudo().search(domain)
        promises.write({"partner_id": partner.id})
        promises.flush_recordset(["partner_id"])

    def _trust_relationship_to(self, partner):
        """Give the leads' relationship to the customer, unless there is one already.

        Nobody who opted out gets one. Return whether there was any.
        """
        found = 0
        for lead in self:
            self.env.cr.execute(
                SQL(
                    """
                    WITH taken AS (
                        UPDATE trust_relationship r
                           SET partner_id = %(partner)s, lead_id = NULL
                         WHERE r.lead_id = %(lead)s AND NOT EXISTS (
                               SELECT FROM trust_relationship o
                                WHERE o.partner_id = %(partner)s
                                  AND o.company_id = r.company_id)
                           AND NOT EXISTS (
                               SELECT FROM res_partner p
                                WHERE p.id = %(partner)s AND p.trust_scoring = 'never')
                        RETURNING r.id),
                    gone AS (
                        DELETE FROM trust_relationship r
                         WHERE r.lead_id = %(lead)s
                           AND r.id NOT IN (SELECT id FROM taken)
                        RETURNING r.id)
                    SELECT id FROM taken UNION ALL SELECT id FROM gone
                    """,
                    partner=partner.id,
                    lead=lead.id,
                    to_flush=partner._fields["trust_scoring"],
                )
            )
            found += self.env.cr.rowcount
        if found:
            self.env["trust.relationship"]._invalidate_scores()
        return found

    def _merge_dependences(self, opportunities):
        """Move the evidence of merged leads to the one that stays."""
        result = super()._merge_dependences(opportunities)
        routes = self.env["trust.evidence.route"].sudo()
        routes._move("lead_merge", "lead_id", opportunities, self)
        self._trust_take_over(opportunities)
        if self.partner_id:
            before_commit(self, "_trust_customer_found")
        opportunities._trust_merged()
        return result

    @api.model
    def _trust_lead_links(self):
        """What follows a merged lead: ``[(model, field that names the lead)]``."""
        return []

    def _trust_take_over(self, opportunities):
        """Point what names the merged leads to this one.

        One look-up for all models: Odoo merges leads by the thousand when it assigns
        them, most of them without any of these.
        """
        links = self._trust_lead_links()
        looked_up = [
            SQL(
                "SELECT %s, array_agg(id) FROM %s WHERE %s = ANY(%s) GROUP BY 1",
                number,
                SQL.identifier(self.env[model]._table),
                SQL.identifier(link, to_flush=self.env[model]._fields[link]),
                opportunities.ids,
            )
            for number, (model, link) in enumerate(links)
        ]
        found = self.env.execute_query(SQL(" UNION ALL ").join(looked_up))
        for number, ids in found:
            model, link = links[number]
            self.env[model].sudo().browse(ids).write({link: self.id})
