# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL


class TrustEvidenceRoute(models.Model):
    """Log of where evidence was re-routed: merges, and leads that got a customer.

    The content of a row never changes, its subject may; each move stands here.
    """

    _name = "trust.evidence.route"
    _description = "Trust Evidence Re-routed"
    _order = "id desc"
    _log_access = False
    _rec_name = "from_name"

    evidence_id = fields.Many2one(
        "trust.evidence", required=True, ondelete="cascade", readonly=True, index=True
    )
    create_date = fields.Datetime("On", readonly=True)
    create_uid = fields.Many2one("res.users", "By", readonly=True, ondelete="set null")
    reason = fields.Selection(
        [
            ("partner_merge", "Contacts merged"),
            ("lead_merge", "Leads merged"),
            ("lead_customer", "Lead got its customer"),
        ],
        readonly=True,
    )
    from_model = fields.Char(readonly=True)
    from_id = fields.Integer("From Id", readonly=True, aggregator=None)
    from_name = fields.Char("From", readonly=True)
    to_model = fields.Char(readonly=True)
    to_id = fields.Integer("To Id", readonly=True, aggregator=None)

    @api.model
    def _move(self, reason, link, sources, target, column=None):
        """Point the evidence of ``sources`` to ``target`` and log each row.

        :param link: pointer that names the sources (``partner_id`` or ``lead_id``)
        :param column: pointer that is set; ``link`` when empty. Only rows that have no
            customer yet get one.
        """
        column = column or link
        free = SQL("TRUE") if column == link else SQL("e.partner_id IS NULL")
        self.env.flush_all()
        queued = self.env.execute_query(
            SQL(
                """
                WITH moved AS (
                    UPDATE trust_evidence e SET %(column)s = %(target)s
                      FROM (SELECT id, %(link)s AS was FROM trust_evidence
                             WHERE %(link)s = ANY(%(ids)s)) o
                     WHERE o.id = e.id AND %(free)s
                    RETURNING e.id, o.was, e.company_id),
                queued AS (
                    INSERT INTO trust_queue (partner_id, lead_id, company_id, reason,
                                             create_date)
                    SELECT DISTINCT %(to_partner)s::int, %(to_lead)s::int, company_id,
                           %(reason)s, now() at time zone 'UTC' FROM moved
                    RETURNING id),
                logged AS (
                INSERT INTO trust_evidence_route (evidence_id, create_date, create_uid,
                       reason, from_model, from_id, from_name, to_model, to_id)
                SELECT m.id, now() at time zone 'UTC', %(uid)s, %(reason)s, %(model)s,
                       m.was, n.name, %(to_model)s, %(target)s
                  FROM moved m JOIN %(names)s n ON n.id = m.was)
                SELECT id FROM queued
                """,
                column=SQL.identifier(column),
                link=SQL.identifier(link),
                target=target.id,
                ids=sources.ids,
                free=free,
                to_partner=target.id if target._name == "res.partner" else None,
                to_lead=target.id if target._name == "crm.lead" else None,
                reason=reason,
                uid=self.env.uid,
                model=sources._name,
                to_model=target._name,
                names=SQL.identifier(sources._table),
            )
        )
        if queued:
            self.env["trust.evidence"].invalidate_model(["partner_id", "lead_id"])
            self.env["trust.queue"]._refresh_after_commit([row[0] for row in queued])
