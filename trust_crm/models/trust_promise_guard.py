# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .trust_promise import PENDING

# Written by the methods of the promise's life (in sudo), never by a client.
LIFE_FIELDS = {
    "state",
    "date_done",
    "missed_at",
    "missed_by_id",
    "reminded_date",
    "cancel_asked_by",
    "cancel_reason",
    "customer_answer",
    "customer_words",
    "shared_date",
    "change_ids",
    "set_aside",
}
# What the ledger stands on, once the promise has been missed or closed.
SUBJECT_FIELDS = {"partner_id", "lead_id", "direction", "company_id"}
MANAGER = "trust_crm.group_trust_manager"


class TrustPromise(models.Model):
    """What nobody can do to a promise, by whatever door they come."""

    _inherit = "trust.promise"

    # CONSTRAINTS

    @api.constrains("partner_id", "lead_id", "direction")
    def _check_subject(self):
        for promise in self:
            if not promise.partner_id and not promise.lead_id:
                raise ValidationError(
                    self.env._("Say whom the promise is about: a customer or a lead.")
                )
            promise.partner_id.sudo()._check_trust_subject()

    @api.constrains("user_id")
    def _check_user_id(self):
        for promise in self:
            user = promise.user_id.sudo()
            if not user:
                raise ValidationError(
                    self.env._("Say who keeps or watches this promise.")
                )
            if user.share or not user.active:
                raise ValidationError(
                    self.env._(
                        "%(name)s is no colleague, or not any more: choose somebody "
                        "who can keep or watch this promise.",
                        name=user.name,
                    )
                )

    @api.onchange("date_deadline")
    def _onchange_date_deadline(self):
        """Say at once what a day in the past means."""
        if self.deadline_at and self.deadline_at <= fields.Datetime.now():
            return {
                "warning": {
                    "title": self.env._("This day has passed"),
                    "message": self.env._(
                        "The promise will be noted as broken. It can still be kept "
                        "late, and a new day can be agreed."
                    ),
                }
            }
        return None

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        """A promise starts open; one noted after its day starts broken.

        Only trusted code (sudo: demo data, migrations) may create one with a past.
        """
        if not self.env.su:
            fresh = dict.fromkeys(LIFE_FIELDS - {"change_ids", "state"}, False)
            vals_list = [
                {k: v for k, v in vals.items() if k not in LIFE_FIELDS}
                | fresh
                | {"state": "open"}
                for vals in vals_list
            ]
        promises = super().create(vals_list)
        promises.sudo()._complete_past()
        return promises

    def write(self, vals):
        """Guard the life of the promise; a new due day is a move."""
        if self.env.su:
            return super().write(vals)
        if LIFE_FIELDS & vals.keys():
            raise UserError(
                self.env._(
                    "A promise is kept, moved or cancelled by its buttons: its state "
                    "and history cannot be written."
                )
            )
        self._check_subject_fixed(vals)
        vals = dict(vals)
        day = fields.Date.to_date(vals.pop("date_deadline", None))
        result = super().write(vals)
        if day:
            self.filtered(lambda p: p.date_deadline != day)._move(day)
        return result

    def _check_subject_fixed(self, vals):
        """The ledger names customer and employee: they do not change afterwards."""
        for promise in self.sudo():
            pending = promise.state in PENDING
            counted = promise.missed_at or not pending
            frozen = SUBJECT_FIELDS if counted else set()
            if promise.state not in (*PENDING, "broken"):
                frozen = frozen | {"user_id"}
            for name in frozen & vals.keys():
                field = self._fields[name]
                if field.convert_to_write(promise[name], promise) != vals[name]:
                    raise UserError(
                        self.env._(
                            'The promise "%(name)s" is already counted: write a new '
                            "one instead of changing whose it is.",
                            name=promise.name,
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted(self):
        """A slip of the pen can go the same day; a promise cannot."""
        if self.env.su or self.env.user.has_group(MANAGER):
            return
        yesterday = fields.Datetime.now() - timedelta(days=1)
        for promise in self:
            fresh = promise.create_date >= yesterday and not promise.missed_at
            if promise.state not in PENDING or not fresh:
                raise UserError(
                    self.env._(
                        'The promise "%(name)s" can only be deleted within a day of '
                        "writing it down. Cancel it and say why.",
                        name=promise.name,
                    )
                )

    def copy_data(self, default=None):
        """A copy is a new promise, due as a new one would be."""
        default = {"date_deadline": self._default_date_deadline(), **(default or {})}
        return super().copy_data(default)

    # BUSINESS

    def _say_unranked(self):
        """Their keeping rate is theirs and their leader's (trust.promise.report)."""
        return self.env._(
            "Promises are not counted by employee. Your own keeping rate and "
            "that of the people you lead are under Promise keeping."
        )
