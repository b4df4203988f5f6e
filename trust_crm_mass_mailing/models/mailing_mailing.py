# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.trust_crm.models.trust_complaint_step import OPEN

TRUST = "trust_crm.group_trust_user"
NOT_YET = ("draft", "in_queue")


class MailingMailing(models.Model):
    """Before a mailing goes out: who of its recipients would mind, and leave them out.

    Left out is who would mind when it is sent, not when the button was pressed: a
    complaint that came in between counts, a wish of the same day too.
    """

    _inherit = "mailing.mailing"

    trust_leave_out = fields.Boolean("Leave out who would mind", groups=TRUST)
    trust_complaining_count = fields.Integer(
        "Recipients with an open complaint",
        compute="_compute_trust_unwelcome",
        groups=TRUST,
    )
    trust_no_contact_count = fields.Integer(
        "Recipients who want no friendly contact",
        compute="_compute_trust_unwelcome",
        groups=TRUST,
    )

    # COMPUTE

    @api.depends("mailing_model_id", "mailing_domain", "contact_list_ids", "state")
    def _compute_trust_unwelcome(self):
        """How many, not who: complaints of others stay theirs."""
        self.trust_complaining_count = self.trust_no_contact_count = 0
        for mailing in self.filtered(
            lambda one: one.state in NOT_YET and one.mailing_model_real
        ):
            wanted = Domain(mailing._parse_mailing_domain())
            target = self.env[mailing.mailing_model_real].sudo()
            mailing.trust_complaining_count = target.search_count(
                wanted & mailing._get_trust_domain(self._is_complaining())
            )
            mailing.trust_no_contact_count = target.search_count(
                wanted & mailing._get_trust_domain(self._is_unwilling())
            )

    # ORM

    def unlink(self):
        """The database deletes the traces, which are the ones that speak."""
        rows = self._get_trust_evidence()
        result = super().unlink()
        rows._void_deleted()
        return result

    # ACTIONS

    def action_trust_leave_out(self):
        self.write({"trust_leave_out": True})

    def action_trust_send_all(self):
        self.write({"trust_leave_out": False})

    # BUSINESS

    def _get_recipients_domain(self):
        domain = super()._get_recipients_domain()
        if self.sudo().trust_leave_out:
            either = SQL("%s OR %s", self._is_complaining(), self._is_unwilling())
            domain &= ~self._get_trust_domain(either)
        return domain

    def _get_trust_domain(self, condition):
        """The recipients whose address is of a person p that meets the condition."""
        self.env["res.partner"].flush_model()
        self.env["trust.complaint"].flush_model()
        people = SQL(
            """SELECT p.email_normalized FROM res_partner p
                WHERE p.email_normalized IS NOT NULL AND (%s)""",
            condition,
        )
        mailed = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "COALESCE(%s, '') IN (%s)",
                model._field_to_sql(alias, "email_normalized", query),
                people,
            )
        )
        target = self.env[self.mailing_model_real]
        if "email_normalized" in target._fields:
            return mailed
        names = target._mail_get_partner_fields(introspect_fields=True)
        return Domain.OR(Domain(name, "any!", mailed) for name in names)

    @api.model
    def _is_complaining(self):
        """SQL: somebody of the company of p waits for us to solve a complaint."""
        return SQL(
            """p.commercial_partner_id IN (
                SELECT k.commercial_partner_id FROM trust_complaint k
                 WHERE k.step_code IN %s)""",
            OPEN,
        )

    @api.model
    def _is_unwilling(self):
        return SQL("p.trust_no_contact")

    def _get_trust_evidence(self):
        """What the traces of these mailings said and nothing took back, in sudo."""
        traces = self.env["mailing.trace"].sudo()
        query = traces._search([("mass_mailing_id", "in", self.ids)])
        ledger = self.env["trust.evidence"].sudo()
        return ledger.search(
            [
                ("source_model", "=", "mailing.trace"),
                ("source_id", "in", query),
                ("state", "=", "live"),
            ]
        )
