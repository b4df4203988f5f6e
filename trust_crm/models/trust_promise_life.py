# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import promise_days
from .trust_promise import PENDING, UNFULFILLED
from .trust_promise_guard import MANAGER


class TrustPromise(models.Model):
    """The life of a promise: kept, moved, cancelled, missed, taken up again.

    Each step checks the right to write, writes once in sudo (the guarded fields
    are closed to clients) and lets the ledger follow through
    :meth:`_prepare_trust_evidence` (trust_promise_evidence.py).
    """

    _inherit = "trust.promise"

    # ACTIONS

    def action_keep(self):
        """Kept: in time, or late when its day has passed. One write per outcome."""
        self._check_step(UNFULFILLED)
        if contradicted := self.filtered(lambda p: p.customer_answer == "not_kept"):
            raise UserError(
                self.env._(
                    'The customer says that "%(name)s" was not kept. Only the '
                    "customer's own word can change that.",
                    name=contradicted[0].name,
                )
            )
        now = fields.Datetime.now()
        promises = self.sudo()
        promises._note_missed(now)
        late = promises.filtered("missed_at")
        if in_time := promises - late:
            in_time.write({"state": "kept", "date_done": now})
        if late:
            late.write({"state": "kept_late", "date_done": now})
        promises._follow_up()
        return True

    def action_reopen(self):
        """Take back "kept" or "cancelled"; the customer's word only by a manager."""
        self._check_step(("kept", "kept_late", "cancelled", "broken"))
        said = self.filtered("customer_answer")
        if said and not self.env.user.has_group(MANAGER):
            raise UserError(
                self.env._("The customer has spoken: only a manager may reopen this.")
            )
        if unspoken := (self - said).filtered(lambda p: p.state == "broken"):
            raise UserError(
                self.env._(
                    '"%(name)s" is still to be kept: keep it late, agree on a new day '
                    "or cancel it.",
                    name=unspoken[0].name,
                )
            )
        promises = self.sudo()
        promises._resume()
        promises._log_each(self.env._("Reopened."))
        promises._follow_up()
        return True

    def action_move(self):
        return self._open_wizard("trust.promise.move", self.env._("Agree on a new day"))

    def action_cancel(self):
        return self._open_wizard("trust.promise.cancel", self.env._("Cancel a promise"))

    def _open_wizard(self, model, title):
        self._check_step(UNFULFILLED)
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "name": title,
            "view_mode": "form",
            "target": "new",
            "context": {"default_promise_ids": self.ids},
        }

    def action_open_source(self):
        """The record on which the promise was written down."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    # BUSINESS

    def _move(self, day, asked_by="us", reason=False):
        """Another day: counts from now on. Too late when the old one has passed.

        :param day: the new due day (date), which must lie ahead
        :param asked_by: "customer" or "us"
        """
        self._check_step(UNFULFILLED)
        now = fields.Datetime.now()
        promises = self.sudo()
        self.env["trust.promise.change"].sudo().create(
            [
                promise._prepare_change_values(day, asked_by, reason, now)
                for promise in promises
            ]
        )
        promises._note_missed(now)
        promises._close_activities()
        promises.write(
            {
                "date_deadline": day,
                "state": "renegotiated",
                "date_done": False,
                "reminded_date": False,
                "set_aside": False,
            }
        )
        promises._follow_up()

    def _prepare_change_values(self, day, asked_by, reason, now):
        if self.date_deadline == day:
            raise UserError(self.env._("The promise is already due on that day."))
        if promise_days.end_of_day(day, self.user_id.tz) <= now:
            raise UserError(self.env._("The new day must lie ahead."))
        return {
            "promise_id": self.id,
            "old_date": self.date_deadline,
            "new_date": day,
            "asked_by": asked_by,
            "reason": reason,
            "moved_at": now,
            "after_due": self.deadline_at <= now,
            "user_id": self.env.uid,
        }

    def _cancel(self, asked_by, reason):
        """Nothing is owed any more; who wished so decides what it counts."""
        self._check_step(UNFULFILLED)
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the promise is cancelled."))
        now = fields.Datetime.now()
        promises = self.sudo()
        promises._note_missed(now)
        promises.write(
            {
                "state": "cancelled",
                "date_done": now,
                "cancel_asked_by": asked_by,
                "cancel_reason": reason,
            }
        )
        promises._follow_up()

    def _customer_says(self, kept, sentence="", author=None):
        """The customer's own word, which stands above the employee's.

        "Not kept" before the day has ended only takes our "kept" back: there is
        still time. Called by the portal in the name of the customer.

        :param bool kept: whether the customer holds the promise for kept
        :param sentence: what they add to it, plain text
        :param author: partner who speaks; the promise's customer when empty
        """
        self.ensure_one()
        promise = self.sudo()
        if promise.direction != "ours" or promise.state == "cancelled":
            raise UserError(self.env._("This promise is not open to an answer."))
        now = fields.Datetime.now()
        if kept:
            promise._write_confirmed(now)
            said = self.env._("The customer says: kept.")
        elif promise.missed_at or promise.deadline_at <= now:
            if not promise.date_done:
                promise._note_missed(now)
            promise.write({"state": "broken", "customer_answer": "not_kept"})
            said = self.env._("The customer says: not kept.")
        else:
            promise._resume()
            said = self.env._("The customer says: not kept yet.")
        if sentence:
            said = self.env._("%(said)s %(sentence)s", said=said, sentence=sentence)
        promise._log_each(said, author=author or promise.partner_id)
        promise._follow_up()

    def _write_confirmed(self, now):
        """The day we say it was done stands, else it is done as of now."""
        if not self.date_done:
            self._note_missed(now)
        self.write(
            {
                "state": "kept_late" if self.missed_at else "kept",
                "date_done": self.date_done or now,
                "customer_answer": "kept",
            }
        )

    def _resume(self):
        """Back among what is to be kept, or broken when its day has passed."""
        now = fields.Datetime.now()
        self.write(
            {
                "date_done": False,
                "cancel_asked_by": False,
                "cancel_reason": False,
                "customer_answer": False,
                "customer_words": False,
            }
        )
        self._note_missed(now)
        overdue = self.filtered(lambda p: p.deadline_at <= now)
        overdue.write({"state": "broken"})
        moved = (self - overdue).filtered("change_ids")
        moved.write({"state": "renegotiated"})
        (self - overdue - moved).write({"state": "open"})

    def _note_missed(self, now):
        """Remember the first promised day that ended without it."""
        for promise in self:
            if not promise.missed_at and promise.deadline_at <= now:
                promise.missed_at = promise.deadline_at
                promise.missed_by_id = promise.user_id

    def _complete_past(self):
        """After creation: the state that a promise with this past has."""
        now = fields.Datetime.now()
        fresh = self.filtered(lambda p: p.state in PENDING)
        fresh.filtered(lambda p: p.deadline_at <= now)._break(now)
        past = self - fresh
        past.filtered(lambda p: p.state in ("kept_late", "broken"))._note_missed(now)
        past._collect_trust_evidence()

    def _check_step(self, states):
        """May this user take that step with these promises?"""
        self.check_access("write")
        for promise in self:
            if promise.state not in states:
                raise UserError(
                    self.env._(
                        'This cannot be done with "%(name)s": it is already %(state)s.',
                        name=promise.name,
                        state=dict(
                            self._fields["state"]._description_selection(self.env)
                        )[promise.state].lower(),
                    )
                )

    def _follow_up(self):
        """After a step: nothing to do any more about it, and the ledger follows."""
        self._close_activities()
        self._collect_trust_evidence()

    def _log_each(self, body, author=None):
        self._message_log_batch(
            bodies=dict.fromkeys(self.ids, body),
            author_id=author.id if author else None,
        )
