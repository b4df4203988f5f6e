# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools import occasion_days

NEAR = timedelta(days=3)
HOW = [
    ("mail", "By mail"),
    ("call", "On the phone"),
    ("card", "By card or in person"),
]
TEMPLATE = "trust_crm.mail_template_occasion_wish"


class TrustOccasionNotice(models.Model):
    """What was done about an occasion, once for each time it comes.

    The row is written in the transaction of the activity or the mail; its key is
    unique, so that two hosts, a second run or a retry cannot do it twice. A wish is
    evidence, as long as its row stands.
    """

    _name = "trust.occasion.notice"
    _description = "Done about an Occasion"
    _inherit = ["trust.evidence.source.mixin"]
    _order = "id desc"
    _rec_name = "kind"

    occasion_id = fields.Many2one(
        "trust.occasion", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("reminded", "Reminded"), ("wished", "Wished")], required=True
    )
    day = fields.Date("Of the Day", required=True)
    date = fields.Datetime("Done", required=True, default=fields.Datetime.now)
    how = fields.Selection(HOW)
    user_id = fields.Many2one("res.users", "By", ondelete="set null")

    _once = models.Constraint(
        "UNIQUE (occasion_id, kind, day)", "This was done already."
    )

    def _prepare_trust_evidence(self):
        return [
            {
                "signal": "occasion_kept",
                "partner_id": notice.occasion_id.partner_id.id,
                "company_id": notice.env.company.id,
                "user_id": notice.user_id.id,
                "date": notice.date,
                "source": notice,
            }
            for notice in self
            if notice.kind == "wished" and notice.occasion_id.partner_id
        ]


class TrustOccasion(models.Model):
    """Wishes: a person sends them; we note that it was done, once for each day.

    Wishes count from three days before the day until three days after it: earlier or
    later they are no wishes.
    """

    _inherit = "trust.occasion"  # pylint: disable=consider-merging-classes-inherited

    notice_ids = fields.One2many("trust.occasion.notice", "occasion_id", readonly=True)
    is_near = fields.Boolean("Now", compute="_compute_is_near")
    is_wished = fields.Boolean("Wished", compute="_compute_is_near")

    # COMPUTE

    @api.depends("calendar", "day", "month", "leap_month", "notice_ids")
    @api.depends_context("uid")
    def _compute_is_near(self):
        wished = {
            (notice.occasion_id.id, notice.day)
            for notice in self.sudo().notice_ids
            if notice.kind == "wished"
        }
        for occasion in self:
            near = occasion._find_near_day()
            occasion.is_near = bool(near)
            occasion.is_wished = (occasion.id, near) in wished

    def _find_near_day(self):
        """Its day, when that is now or nearly so; None otherwise."""
        if self._find_problem():
            return None
        today = fields.Date.context_today(self)
        day = occasion_days.find_closest(*self._get_day(), today)
        return day if day and abs(day - today) <= NEAR else None

    # ORM

    def unlink(self):
        """Mails that were begun go too; Odoo would keep them for an hour."""
        drafts = self.env["mail.compose.message"].sudo()
        lists = [str([id_]) for id_ in self.ids]
        drafts.search([("model", "=", self._name), ("res_ids", "in", lists)]).unlink()
        return super().unlink()

    # ACTIONS

    def action_write(self):
        """Open a mail to the person, begun in their language; sent by who reads it."""
        self.ensure_one()
        self._check_may_wish()
        if not self.partner_id.email:
            raise UserError(
                self.env._(
                    "%(name)s has no mail address: call, or send a card.",
                    name=self.partner_id.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send wishes"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": self.env.ref(TEMPLATE).id,
                "default_email_layout_xmlid": "mail.mail_notification_light",
            },
        }

    def action_wished_call(self):
        return self._note_wish("call") and True

    def action_wished_card(self):
        return self._note_wish("card") and True

    def action_unwish(self):
        """Noted by mistake."""
        self.check_access("write")
        for occasion in self:
            day = occasion._find_near_day()
            occasion.sudo().notice_ids.filtered(
                lambda n, day=day: n.kind == "wished" and n.day == day
            ).unlink()
        return True

    # BUSINESS

    def _check_may_wish(self):
        """Only near the day, only to those who want to hear from us."""
        self.check_access("write")
        for occasion in self.sudo():
            if occasion.partner_id.trust_no_contact:
                raise UserError(
                    self.env._(
                        "%(name)s wants no friendly contact.",
                        name=occasion.partner_id.name,
                    )
                )
            if not occasion._find_near_day():
                raise UserError(
                    self.env._(
                        "The day is %(day)s: wishes count from three days before "
                        "until three days after it.",
                        day=format_date(self.env, occasion.next_date),
                    )
                )

    def _note_wish(self, how):
        """Note that somebody wished, once for each day it comes; evidence follows.

        :return: the new rows
        """
        self._check_may_wish()
        notices = self.env["trust.occasion.notice"].sudo()
        fresh = self.filtered(lambda occasion: not occasion.is_wished)
        rows = notices.create(
            [
                {
                    "occasion_id": occasion.id,
                    "kind": "wished",
                    "day": occasion._find_near_day(),
                    "how": how,
                    "user_id": self.env.uid,
                }
                for occasion in fresh
            ]
        )
        rows._collect_trust_evidence()
        fresh._close_reminders()
        return rows

    def _get_wish_subject(self):
        """The subject of the mail, in the person's language."""
        name = self.partner_id.name
        if self.kind == "birthday":
            return self.env._("Happy birthday, %(name)s", name=name)
        return self.env._("Best wishes, %(name)s", name=name)

    def _message_post_after_hook(self, message, msg_values):
        """A mail that a colleague sent to the person near the day is a wish."""
        result = super()._message_post_after_hook(message, msg_values)
        by_us = message.author_id == self.env.user.partner_id and not self.env.su
        person = self.partner_id
        if (
            by_us
            and message.message_type in ("comment", "email_outgoing")
            and person in message.partner_ids
            and self._find_near_day()
        ):
            self._note_wish("mail")
        return result
