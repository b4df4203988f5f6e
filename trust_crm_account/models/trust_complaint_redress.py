# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

INVOICING = "account.group_account_invoice"
MONEY = ("refund", "discount", "other")
GRANTED = ("approved", "given")


class TrustComplaintRedress(models.Model):
    """From what was granted to its credit note, never above what was approved.

    Of an invoice that is granted whole Odoo's own reversal makes the credit note; of
    everything else a draft of the approved amount, taxes included, on the invoice when
    one is named. The link is made here only; a cancelled credit note makes room for
    another. Once it is paid out or set off, the customer has the redress.
    """

    _inherit = "trust.complaint.redress"

    commercial_partner_id = fields.Many2one(
        related="complaint_id.commercial_partner_id"
    )
    invoice_id = fields.Many2one(
        "account.move",
        copy=False,
        ondelete="set null",
        groups=INVOICING,
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted'),"
        " ('company_id', '=', company_id),"
        " ('commercial_partner_id', '=', commercial_partner_id)]",
        help="What the customer paid for and gets back; empty when there is none.",
    )
    credit_note_id = fields.Many2one(
        "account.move",
        "Credit note",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    credit_note_amount = fields.Monetary(
        "Credited",
        related="credit_note_id.amount_total",
        currency_field="credit_note_currency_id",
    )
    credit_note_currency_id = fields.Many2one(
        related="credit_note_id.currency_id", string="Currency of the credit note"
    )
    credit_note_status = fields.Selection(
        related="credit_note_id.status_in_payment", string="State of the credit note"
    )
    may_credit = fields.Boolean(compute="_compute_may_credit")

    # COMPUTE

    @api.depends("state", "kind", "credit_note_id.state")
    @api.depends_context("uid")
    def _compute_may_credit(self):
        invoices = self.env.user.has_group(INVOICING)
        for redress in self:
            redress.may_credit = (
                invoices
                and redress.state != "refused"
                and redress.kind in MONEY
                and not redress._get_live_credit_note()
            )

    # CONSTRAINTS

    @api.constrains("invoice_id", "complaint_id")
    def _check_invoice_id(self):
        for redress in self.sudo().filtered("invoice_id"):
            invoice, customer = redress.invoice_id, redress.partner_id
            if (
                invoice.move_type != "out_invoice"
                or invoice.company_id != redress.company_id
                or invoice.commercial_partner_id != customer.commercial_partner_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(invoice)s is no invoice of this customer in %(company)s.",
                        invoice=invoice.display_name,
                        company=redress.company_id.name,
                    )
                )

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [vals | {"credit_note_id": False} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if "credit_note_id" in vals and not self.env.su:
            raise UserError(self.env._("A credit note is made by its button."))
        return super().write(vals)

    # ACTIONS

    def action_credit_note(self):
        """Make the credit note, by Odoo's own dialogue when an invoice is reversed."""
        self.ensure_one()
        self._check_credit_note()
        invoice = self.invoice_id
        value = abs(invoice.amount_total_signed)
        if invoice and self.currency_id.compare_amounts(self.value, value) >= 0:
            return self._open_reversal(invoice)
        credit_note = self._create_credit_note()
        self._link_credit_note(credit_note)
        return credit_note._get_records_action(name=self.env._("Credit note"))

    def action_open_credit_note(self):
        self.ensure_one()
        return self.credit_note_id._get_records_action(name=self.env._("Credit note"))

    # BUSINESS

    def _get_live_credit_note(self):
        """The credit note, in sudo, unless it was cancelled."""
        return self.sudo().credit_note_id.filtered(lambda move: move.state != "cancel")

    def _check_credit_note(self):
        """Raise with what to do when there can be no credit note now.

        It locks the redress: pressed twice at a time, there is one credit note.

        :raises AccessError: without invoicing rights, or when it is about the user
        :raises UserError: when something has to be done first
        """
        self.ensure_one()
        self.check_access("write")
        self.complaint_id._check_not_about_me()
        if not self.env.user.has_group(INVOICING):
            raise AccessError(
                self.env._("Credit notes are made by colleagues who may invoice.")
            )
        self.env.execute_query(
            SQL(
                "SELECT id FROM trust_complaint_redress WHERE id = %s"
                " FOR NO KEY UPDATE",
                self.id,
            )
        )
        self.invalidate_recordset(["state", "value", "credit_note_id"])
        if obstacle := self._get_obstacle():
            raise UserError(obstacle)

    def _get_obstacle(self):
        """What has to be done before there can be a credit note; empty: nothing."""
        texts = {
            "draft": self.env._("Have the redress approved first: press Approve."),
            "to_approve": self.env._(
                "The redress waits for approval by somebody who may grant that much."
            ),
            "refused": self.env._("The redress was not approved: add another one."),
        }
        credit_note = self._get_live_credit_note()
        if credit_note:
            return self.env._(
                "There is a credit note already: %(name)s. Cancel it to make another.",
                name=credit_note.display_name,
            )
        if self.kind not in MONEY or self.currency_id.is_zero(self.value):
            return self.env._("A credit note needs a redress in money, with its value.")
        if not self.partner_id:
            return self.env._("Say first who the customer of the complaint is.")
        return texts.get(self.state)

    def _open_reversal(self, invoice):
        """Odoo's dialogue on the invoice; what it makes becomes the credit note."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_view_account_move_reversal"
        )
        return action | {
            "name": self.env._("Credit note"),
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "active_model": "account.move",
                "active_ids": invoice.ids,
                "default_trust_redress_id": self.id,
                "default_reason": self.complaint_id.display_name,
            },
        }

    def _create_credit_note(self):
        """A draft that gives the customer exactly the value, taxes included."""
        moves = self.env["account.move"].with_company(self.company_id)
        move = moves.create(self._prepare_credit_note_values())
        line, currency = move.invoice_line_ids, move.currency_id
        if move.amount_total and currency.compare_amounts(
            move.amount_total, self.value
        ):
            line.price_unit = currency.round(
                self.value * move.amount_untaxed / move.amount_total
            )
        if currency.compare_amounts(move.amount_total, self.value) > 0:
            line.price_unit -= currency.rounding
        return move

    def _prepare_credit_note_values(self):
        complaint, invoice = self.complaint_id, self.invoice_id
        values = {
            "move_type": "out_refund",
            "partner_id": (invoice.partner_id or self.partner_id).id,
            "currency_id": self.currency_id.id,
            "company_id": self.company_id.id,
            "ref": complaint.display_name,
            "invoice_origin": invoice.name or complaint.name,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self._get_credit_note_text(),
                        "quantity": 1,
                        "price_unit": self.value,
                        **self._prepare_line_values(invoice),
                    }
                )
            ],
        }
        if invoice.currency_id == self.currency_id:
            values["reversed_entry_id"] = invoice.id  # set off when it is posted
        return values

    @staticmethod
    def _prepare_line_values(invoice):
        """Account and taxes of the largest line that the customer paid for."""
        lines = invoice.invoice_line_ids.filtered(lambda x: x.display_type == "product")
        line = lines.sorted("price_subtotal", reverse=True)[:1]
        if not line:
            return {}
        taxes = [Command.set(line.tax_ids.ids)]
        return {"account_id": line.account_id.id, "tax_ids": taxes}

    def _get_credit_note_text(self):
        """What the customer reads on the line, in their language."""
        told = self.with_context(lang=self.partner_id.lang)
        return told.env._(
            "%(what)s, complaint %(number)s",
            what=told.display_name,
            number=self.complaint_id.name,
        )

    def _link_credit_note(self, credit_note):
        """Note on both sides that they belong together."""
        self.sudo().credit_note_id = credit_note
        self.complaint_id.sudo()._message_log(
            body=self.env._(
                "Credit note for %(redress)s: %(link)s",
                redress=self.display_name,
                link=credit_note._get_html_link(),
            )
        )
        credit_note.filtered(lambda move: move.state == "posted")._check_trust_redress()

    def _check_value(self, move):
        """Raise unless the whole of a credit note was granted.

        :raises UserError: not approved, or more than was approved
        """
        if any(redress.state not in GRANTED for redress in self):
            raise UserError(
                self.env._(
                    "The redress of %(complaint)s is not approved: have it approved "
                    "before you confirm its credit note.",
                    complaint=self.complaint_id[:1].name,
                )
            )
        currency, credited = self.currency_id, abs(move.amount_total_signed)
        granted = sum(self.mapped("value"))
        if currency.compare_amounts(credited, granted) > 0:
            raise UserError(
                self.env._(
                    "The credit note is worth %(credited)s and %(granted)s was "
                    "approved: lower it, or have a redress of that value approved.",
                    credited=currency.format(credited),
                    granted=currency.format(granted),
                )
            )
