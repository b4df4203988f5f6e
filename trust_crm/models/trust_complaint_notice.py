# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.tools import SQL

KINDS = [
    ("acknowledged", "Acknowledged"),
    ("remind", "Reminded"),
    ("late_answer", "First answer late"),
    ("late_solution", "Solution late"),
    ("refused", "Refused again"),
    ("recovery", "Asked whether trust came back"),
    ("later", "Score read after 90 days"),
]


class TrustComplaintNotice(models.Model):
    """What was sent or noted about a complaint, once for each kind and period.

    The row is written in the transaction of the mail or the activity; its key is
    unique, so that two hosts, a second run or a retry cannot send it twice.
    """

    _name = "trust.complaint.notice"
    _description = "Notice about a complaint"
    _order = "id desc"
    _rec_name = "kind"

    complaint_id = fields.Many2one(
        "trust.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True)
    kind = fields.Selection(KINDS, required=True)
    key = fields.Char("Period", required=True)
    date = fields.Datetime(required=True)

    _once = models.Constraint(
        "UNIQUE (complaint_id, kind, key)", "This was noted already."
    )


class TrustComplaint(models.Model):
    _inherit = "trust.complaint"

    notice_ids = fields.One2many(
        "trust.complaint.notice",
        "complaint_id",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    def _notice(self, kind, key):
        """Take the right to tell this once.

        :return: True for the one who got it
        """
        self.ensure_one()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO trust_complaint_notice (complaint_id, company_id, kind, key,
                            date, create_uid, create_date, write_uid, write_date)
                     VALUES (%(id)s, %(company)s, %(kind)s, %(key)s, %(now)s,
                             %(uid)s, %(now)s, %(uid)s, %(now)s)
                         ON CONFLICT (complaint_id, kind, key) DO NOTHING
                  RETURNING id
                """,
                id=self.id,
                company=self.company_id.id,
                kind=kind,
                key=key,
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        self.invalidate_recordset(["notice_ids"])
        return bool(rows)
