# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ..models.trust_feedback_token import PERSONAL_LINK


class TrustFeedbackAsk(models.TransientModel):
    """Ask one person for feedback: about what, may we, and the mail to edit."""

    _name = "trust.feedback.ask"
    _description = "Ask for Feedback"

    partner_id = fields.Many2one(
        "res.partner",
        "Whom",
        required=True,
        domain=[("partner_share", "=", True), ("is_company", "=", False)],
    )
    event_id = fields.Many2one("calendar.event", "About the meeting")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    about_name = fields.Char("About", compute="_compute_about_name")
    skip_reason = fields.Char("Not now", compute="_compute_skip_reason")
    subject = fields.Char()
    body = fields.Html("Mail", sanitize_style=True)

    # COMPUTE

    @api.depends("res_model", "res_id")
    def _compute_about_name(self):
        for wizard in self:
            wizard.about_name = wizard._get_about().display_name

    @api.depends("partner_id")
    def _compute_skip_reason(self):
        requests = self.env["trust.feedback"].sudo()
        labels = dict(requests._fields["skip_reason"]._description_selection(self.env))
        for wizard in self:
            partner = wizard.partner_id.sudo()
            company = partner.company_id or self.env.company
            found = requests._get_skip_reasons(partner, "pulse", company)
            wizard.skip_reason = labels.get(found.get(partner.id), False)

    # ACTIONS

    def action_edit(self):
        """Show the mail as it would go out, to be edited."""
        self.ensure_one()
        self.subject, self.body = self._render_draft()
        return self._reopen()

    def action_send(self):
        """Ask. A person who may not be asked is noted, with the reason."""
        self.ensure_one()
        self.partner_id.check_access("read")
        mail = None
        if not is_html_empty(self.body):
            if PERSONAL_LINK not in self.body:
                raise UserError(
                    self.env._("The mail has lost its link: nobody could answer.")
                )
            mail = {"subject": self.subject, "body_html": self.body}
        request = self.env["trust.feedback"]._request(
            self.partner_id, "pulse", about=self._get_about() or None, mail=mail
        )
        return request._notify_asked()

    # BUSINESS

    @api.model
    def _open(self, partner, about=None):
        """The dialog, for a person and a record that the user may read."""
        partner.check_access("read")
        if partner.is_company:
            partner = partner.child_ids.filtered(lambda p: not p.is_company)[:1]
        values = {"partner_id": partner.id}
        if about is not None and about._name == "calendar.event":
            values["event_id"] = about.id
        elif about is not None:
            values |= {"res_model": about._name, "res_id": about.id}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for feedback"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for feedback"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _get_about(self):
        """The record asked about; empty: the whole relationship."""
        about = self.event_id
        if self.res_model in self.env and self.res_id:
            about = self.env[self.res_model].browse(self.res_id)
        if about:
            about.check_access("read")
        return about

    def _render_draft(self):
        """(subject, body) of a request that is made for it and taken back."""
        self.partner_id.check_access("read")
        requests = self.env["trust.feedback"].sudo()
        with self.env.cr.savepoint() as draft:
            values = requests._prepare_request_values(
                self.partner_id.sudo(), "pulse", self._get_about() or None, None
            )
            company = self.env["res.company"].browse(values["company_id"]).sudo()
            request = requests._create_sent(values, company, waits=False)
            content = request._render_request()
            draft.rollback()
        self.env.invalidate_all(flush=False)
        return content
