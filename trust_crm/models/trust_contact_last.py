# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL

from . import trust_fold_sql as fold_sql


class TrustRelationship(models.Model):
    """The last contact (H1): who, by which channel, on which record.

    When it was, the fold says. The rest is read from the ledger row behind that date
    when somebody looks, and only for whom may read both the row and the document it
    comes from: nobody learns from a private meeting who met whom.
    """

    _inherit = "trust.relationship"

    last_contact_user_id = fields.Many2one(
        "res.users", "Last Contact By", compute="_compute_last_contact"
    )
    last_contact_partner_id = fields.Many2one(
        "res.partner", "Last Contact With", compute="_compute_last_contact"
    )
    last_contact_channel = fields.Char(
        "Last Contact Through",
        compute="_compute_last_contact",
        help="A mail, a call, a visit, a meeting.",
    )
    last_contact_record = fields.Reference(
        "_select_models", "Last Contact On", compute="_compute_last_contact"
    )
    contact_reason = fields.Char(
        "Last Contact and Rhythm",
        compute="_compute_contact_reason",
        help="Why a contact is due, or not yet.",
    )

    # COMPUTE

    @api.model
    def _select_models(self):
        kinds = self.env["ir.model"].sudo().search_fetch([], ["model", "name"])
        return [(kind.model, kind.name) for kind in kinds]

    @api.depends("last_contact_date")
    @api.depends_context("uid", "lang")
    def _compute_last_contact(self):
        found = self._get_last_contacts()
        for relationship in self:
            row, document = found.get(relationship.id) or (None, None)
            relationship.last_contact_user_id = row and row.user_id
            relationship.last_contact_partner_id = row and row.partner_id
            relationship.last_contact_channel = row and row._say_channel()
            relationship.last_contact_record = document and (
                f"{document._name},{document.id}"
            )

    @api.depends("last_contact_date", "next_contact_date")
    @api.depends_context("uid", "lang", "tz")
    def _compute_contact_reason(self):
        for relationship in self:
            relationship.contact_reason = relationship._say_contact_reason()

    # BUSINESS

    def _get_last_contacts(self):
        """Return ``{relationship id: (ledger row, document)}`` as a reader may know."""
        rows = dict(self._find_last_contacts())
        evidence = self.env["trust.evidence"].search([("id", "in", [*rows.values()])])
        documents = evidence._readable_documents()
        readable = {
            row.id: row
            for row in evidence
            if not row.source_id or self._is_shown(documents.get(row.id))
        }
        return {
            relationship: (readable[row], documents.get(row))
            for relationship, row in rows.items()
            if row in readable
        }

    @api.model
    def _is_shown(self, document):
        """Odoo lets everybody read of a private meeting that somebody is busy."""
        if document is not None and document._name == "calendar.event":
            return not document._check_private_event_conditions()
        return document is not None

    def _find_last_contacts(self):
        """Return (relationship id, ledger row id) of each last contact.

        Of several at that moment the one that names an employee.
        """
        ids = self.filtered("last_contact_date").ids
        if not ids:
            return []
        scope = fold_sql.subjects(SQL("r.id = ANY(%s)", ids))
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (l.rel) l.rel, l.id
                  FROM trust_relationship r
                  JOIN %(ledger)s l ON l.rel = r.id AND l.date = r.last_contact_date
                  JOIN trust_signal s ON s.id = l.signal_id AND s.is_contact
                 WHERE r.id = ANY(%(ids)s)
              ORDER BY l.rel, l.user_id IS NULL, l.id DESC
                """,
                ledger=fold_sql.ledger(SQL("(%s)", scope)),
                ids=ids,
            )
        )

    # WORDS

    def _say_contact(self, by=False):
        """When we were last in touch, in words; empty when never.

        :param by: also say through what and by whom, as far as the reader may know
        """
        self.ensure_one()
        if not self.last_contact_date:
            return ""
        words = self._say_contact_day()
        if by and self.last_contact_channel:
            who = self.last_contact_user_id or self.last_contact_partner_id
            words = self.env["trust.today"]._join(
                words, self.last_contact_channel, who.sudo().name
            )
        return words

    def _say_contact_day(self):
        days = self.contact_days
        if days < 1:
            return self.env._("Last contact today")
        if days == 1:
            return self.env._("Last contact yesterday")
        return self.env._("Last contact %(days)s days ago", days=days)

    def _say_rhythm(self):
        """How often to be in touch, in words; empty when nobody says."""
        ideal, _longest = self.sudo()._get_rhythm()
        if not ideal:
            return ""
        return self.env._("ideally every %(days)s days", days=ideal)

    def _say_contact_reason(self, by=True):
        """Why a contact is due: the last one, and the rhythm."""
        return self.env["trust.today"]._join(
            self._say_contact(by) or self.env._("No contact yet"), self._say_rhythm()
        )


class TrustEvidence(models.Model):
    """By which channel a contact was, in a word."""

    _inherit = "trust.evidence"

    def _say_channel(self):
        """The kind of activity that was done, a mail, a meeting; else the signal."""
        self.ensure_one()
        if self.source_model == "calendar.attendee":
            return self.env._("Meeting")
        if self.source_model == "mail.notification" or (
            self.signal_id.code == "lead_answered"
        ):
            return self.env._("Mail")
        if self.source_model == "mail.message":
            message = self.env["mail.message"].sudo().browse(self.source_id).exists()
            return message.mail_activity_type_id.name or self.env._("Mail")
        return self.signal_id.name
