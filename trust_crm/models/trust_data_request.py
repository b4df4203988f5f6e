# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError

ACTIVITY_TYPE = "trust_crm.mail_activity_type_data_request"
# Written when it is received or by its own buttons, never by a client.
RECEIVED_FIELDS = {
    "partner_id",
    "company_id",
    "kind",
    "words",
    "evidence_id",
    "fact",
    "at_once",
    "state",
    "answered_date",
    "answered_by_id",
}
MOST_OPEN = 20


class TrustDataRequest(models.Model):
    """What a person asks about the data that we hold about them.

    Nothing is corrected or deleted by itself: each request waits for the privacy
    officer, who answers it in words that the person gets by mail. Only two wishes are
    fulfilled at once, for they need nobody's judgement and can be taken back: to be
    left out of scoring, and to get no friendly contact. They are listed as done.
    """

    _name = "trust.data.request"
    _description = "Request about personal data"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, create_date desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    kind = fields.Selection(
        [
            ("correct", "Correct something"),
            ("dispute", "Dispute a fact"),
            ("delete", "Delete my data"),
            ("no_contact", "No friendly contact"),
            ("contact", "Friendly contact again"),
            ("no_scoring", "Leave me out of scoring"),
            ("scoring", "Score me again"),
        ],
        "Asks for",
        required=True,
    )
    words = fields.Text("In their words")
    evidence_id = fields.Many2one(
        "trust.evidence",
        "Disputed fact",
        index="btree_not_null",
        ondelete="set null",
    )
    fact = fields.Char(help="The disputed fact, as the person saw it.")
    at_once = fields.Boolean("Done at once", help="It needed nobody's judgement.")
    state = fields.Selection(
        [("new", "To answer"), ("done", "Done"), ("refused", "Refused")],
        required=True,
        default="new",
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    answer = fields.Text(copy=False, help="The person gets it by mail.")
    answered_date = fields.Datetime("Answered on", readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users", "Answered by", readonly=True, copy=False, ondelete="set null"
    )

    # COMPUTE

    @api.depends("kind", "partner_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            who = request.partner_id.display_name or self.env._("Somebody")
            request.display_name = f"{who}: {kinds.get(request.kind, '')}"

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            later = {"state", "answered_date", "answered_by_id", "at_once"}
            vals_list = [
                {key: vals[key] for key in vals.keys() - later} for vals in vals_list
            ]
        requests = super().create(vals_list)
        for request in requests.sudo().filtered(lambda r: r.state == "new"):
            request._tell_officer()
        return requests

    def write(self, vals):
        if not self.env.su and RECEIVED_FIELDS & vals.keys():
            raise UserError(
                self.env._(
                    "What was asked stays as it is; a request is closed by its "
                    "buttons, with an answer."
                )
            )
        if not self.env.su and any(r.state != "new" for r in self):
            if "answer" in vals:
                raise UserError(self.env._("The person already has this answer."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_requests(self):
        raise UserError(self.env._("A request is answered, not deleted."))

    # ACTIONS

    def action_done(self):
        """We did what was asked; the person is told."""
        return self._answer("done")

    def action_refuse(self):
        """We cannot; the person is told why."""
        return self._answer("refused")

    def _answer(self, state):
        self.check_access("write")
        for request in self:
            if request.state != "new":
                raise UserError(self.env._("This request is answered already."))
            if not (request.answer or "").strip():
                raise UserError(
                    self.env._("Write the answer that the person gets by mail.")
                )
            request.sudo().write(
                {
                    "state": state,
                    "answered_date": fields.Datetime.now(),
                    "answered_by_id": self.env.uid,
                }
            )
            request.activity_unlink([ACTIVITY_TYPE])
            request._send_answer()
        return True

    def action_open_evidence(self):
        """The disputed fact in the ledger."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "trust.evidence",
            "res_id": self.evidence_id.id,
            "view_mode": "form",
        }

    # BUSINESS

    @api.model
    def _receive(self, partner, kind, words="", evidence=None):
        """Note what a person asks, and tell the one who answers, at once.

        The same wish again joins the one that still waits.

        :param partner: the person, known to be who they are
        :param kind: one of the selection
        :param words: in their own words, plain text
        :param evidence: the fact that is disputed
        :return: the request, in sudo
        :raises UserError: when too many requests wait already
        """
        requests = self.sudo()
        waiting = requests.search(
            [("partner_id", "=", partner.id), ("state", "=", "new")]
        )
        fact = evidence.id if evidence else False
        same = waiting.filtered(lambda r: r.kind == kind and r.evidence_id.id == fact)
        if same:
            if words and words not in (same[0].words or ""):
                same[0].words = "\n".join(filter(None, (same[0].words, words)))
            return same[0]
        if len(waiting) >= MOST_OPEN:
            raise UserError(
                self.env._("Many requests of yours still wait. Please call us.")
            )
        return requests.create(
            {
                "partner_id": partner.id,
                "company_id": (partner.company_id or self.env.company).id,
                "kind": kind,
                "words": words,
                "evidence_id": fact,
                "fact": evidence and evidence.sudo()._get_plain_name(),
            }
        )

    @api.model
    def _note_done(self, partner, kind):
        """List a wish that was fulfilled at once."""
        return self.sudo().create(
            {
                "partner_id": partner.id,
                "company_id": (partner.company_id or self.env.company).id,
                "kind": kind,
                "state": "done",
                "at_once": True,
                "answered_date": fields.Datetime.now(),
            }
        )

    def _get_officer(self):
        """Who answers: a privacy officer of the company, else an administrator."""
        self.ensure_one()
        for group in ("group_trust_privacy", "group_trust_admin"):
            users = self.env.ref(f"trust_crm.{group}").all_user_ids.filtered(
                lambda user: (
                    user.active
                    and not user.share
                    and user.id > 1
                    and self.company_id in user.company_ids
                )
            )
            if users:
                return users.sorted("id")[0]
        return self.env.ref("base.user_admin")

    def _tell_officer(self):
        """One activity, due today, in the language of who answers."""
        officer = self._get_officer()
        told = self.with_context(lang=officer.lang)
        self.activity_schedule(
            ACTIVITY_TYPE,
            fields.Date.context_today(self.with_context(tz=officer.tz)),
            summary=told.display_name,
            user_id=officer.id,
        )

    def _send_answer(self):
        """The answer by mail, in the person's language."""
        template = self.env.ref(
            "trust_crm.mail_template_data_request_answer", raise_if_not_found=False
        )
        if template and template.active and self.partner_id.email:
            self.message_post_with_source(
                template,
                subtype_xmlid="mail.mt_comment",
                email_layout_xmlid="mail.mail_notification_light",
            )
