# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

VOICES = [("customer", "Customer"), ("system", "System"), ("staff", "Staff")]


class TrustEvidence(models.Model):
    """The ledger: what happened, who says so, about whom. Append-only.

    Rows are inserted by :meth:`_record` and by collection; a mistake is corrected by a
    row that voids the former. The content never changes; the subject pointers
    (partner, lead) are routing and move, logged, when partners or leads are merged or
    a lead gets its customer. How much a row counts is the policy's business.
    """

    _name = "trust.evidence"
    _description = "Trust Evidence"
    _order = "date desc, id desc"
    _log_access = False
    _rec_name = "signal_id"

    signal_id = fields.Many2one(
        "trust.signal", required=True, ondelete="restrict", readonly=True
    )
    date = fields.Datetime(required=True, readonly=True, help="When it happened (UTC).")
    magnitude = fields.Float(
        required=True, readonly=True, aggregator="avg", help="How strongly, up to 1."
    )
    voice = fields.Selection(
        VOICES, required=True, readonly=True, help="Who says that it happened."
    )
    # No constraint may name these two: Odoo's partner merge would delete rows.
    partner_id = fields.Many2one(
        "res.partner", "Customer", ondelete="set null", readonly=True
    )
    lead_id = fields.Many2one(
        "crm.lead", ondelete="set null", readonly=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users",
        "Employee",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        "res.company",
        ondelete="restrict",
        readonly=True,
        help="Empty: counts in every company.",
    )
    source_model = fields.Char(readonly=True, required=True, default="")
    source_id = fields.Many2oneReference(
        model_field="source_model", readonly=True, required=True
    )
    source_key = fields.Char(readonly=True, required=True, default="")
    version = fields.Integer(readonly=True, required=True, default=0)
    note = fields.Char(readonly=True)
    create_date = fields.Datetime("Recorded On", readonly=True)
    create_uid = fields.Many2one(
        "res.users", "Recorded By", readonly=True, ondelete="set null"
    )
    voids_id = fields.Many2one("trust.evidence", readonly=True, ondelete="restrict")
    voided_by_ids = fields.One2many("trust.evidence", "voids_id", readonly=True)
    void_reason = fields.Char("Reason", readonly=True)
    void_kind = fields.Selection(
        [("auto", "By its document"), ("human", "By a person")], readonly=True
    )
    state = fields.Selection(
        [("live", "Counts"), ("voided", "Voided"), ("void", "Correction")],
        compute="_compute_state",
        search="_search_state",
    )
    source_name = fields.Char("Source Document", compute="_compute_source_name")

    _key = models.UniqueIndex(
        "(signal_id, source_model, source_id, source_key, version)"
        " WHERE voids_id IS NULL",
        "This fact is already in the ledger.",
    )
    _void_once = models.UniqueIndex(
        "(voids_id) WHERE voids_id IS NOT NULL", "This evidence is already voided."
    )
    # The fold of one relationship reads this index only; not partial, so that deleting
    # a contact finds its rows too.
    _fold = models.Index(
        "(partner_id, company_id, date)"
        " INCLUDE (id, signal_id, magnitude, voice, user_id, voids_id)"
    )
    _source = models.Index("(source_model, source_id)")
    _by_date = models.Index("(date)")

    # COMPUTE

    @api.depends("voids_id", "voided_by_ids")
    def _compute_state(self):
        voided = self._voided()
        for row in self:
            row.state = (
                "void" if row.voids_id else "voided" if row in voided else "live"
            )

    def _voided(self):
        """Return those rows of ``self`` that another row voids."""
        voids = self.sudo().search([("voids_id", "in", self.ids)])
        return voids.voids_id.sudo(False)

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = {
            "live": [("voids_id", "=", False), ("voided_by_ids", "=", False)],
            "voided": [("voided_by_ids", "!=", False)],
            "void": [("voids_id", "!=", False)],
        }
        return fields.Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("source_model", "source_id")
    def _compute_source_name(self):
        documents = self._readable_documents()
        for row in self:
            document = documents.get(row.id)
            row.source_name = document and row._document_title(document)

    # ORM

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        raise UserError(
            self.env._("Evidence is recorded by signals, never typed in or imported.")
        )

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(
            self.env._(
                "The ledger is never edited. Void a wrong row with a reason instead."
            )
        )

    def copy_data(self, default=None):
        raise UserError(self.env._("Evidence cannot be duplicated: it happened once."))

    # Also "at uninstall": that is a key of the context, which any caller may set. The
    # uninstallation itself drops the table.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_ledger(self):
        raise UserError(
            self.env._(
                "The ledger is never deleted. Void a wrong row with a reason instead."
            )
        )

    # ACTIONS

    def action_void(self):
        """Ask for the reason of a correction."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Void evidence"),
            "res_model": "trust.evidence.void",
            "view_mode": "form",
            "target": "new",
            "context": {"default_evidence_ids": self.ids},
        }

    # BUSINESS

    def _get_plain_name(self):
        """The fact in plain words: what, and on which day."""
        self.ensure_one()
        day = fields.Datetime.context_timestamp(self, self.date).date()
        return f"{self.signal_id.name}, {format_date(self.env, day)}"
