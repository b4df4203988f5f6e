# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import promise_days
from .trust_favour_guard import UNDECIDED
from .trust_favour_limit import MANAGER

ACTIVITY = "trust_crm.mail_activity_type_favour"


class TrustFavour(models.Model):
    """The life of a favour: asked for, decided, given, taken back.

    Each step checks the right to write, then writes once in sudo (the guarded fields
    are closed to clients).
    """

    _inherit = "trust.favour"  # pylint: disable=consider-merging-classes-inherited

    may_decide = fields.Boolean(compute="_compute_may_decide")

    # COMPUTE

    @api.depends("state", "user_id", "asked_by_id")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for favour in self:
            favour.may_decide = favour.state == "asked" and favour._is_decider()

    # ACTIONS

    def action_give(self):
        """Given: within the limits, or with the approval there is."""
        self._check_step(("draft", "approved"))
        for favour in self:
            excess = favour.state == "draft" and favour._say_excess()
            if excess:
                raise UserError(
                    self.env._(
                        '"%(name)s" needs approval before it is given:\n%(excess)s',
                        name=favour.name,
                        excess="\n".join(excess),
                    )
                )
            favour.sudo()._record()
        return True

    def action_ask(self):
        """Ask a manager, who gets one activity."""
        self._check_step(("draft", "refused"))
        for favour in self:
            if not favour._say_excess():
                raise UserError(
                    self.env._(
                        '"%(name)s" is within the limits: it needs no approval.',
                        name=favour.name,
                    )
                )
            asked = favour.sudo()
            asked.write(
                {
                    **UNDECIDED,
                    "state": "asked",
                    "above_limit": True,
                    "asked_by_id": self.env.uid,
                    "asked_date": fields.Datetime.now(),
                }
            )
            asked._schedule_decision()
        return True

    def action_approve(self):
        self._check_decider()
        self.sudo()._decide("approved")
        for favour in self:
            favour._tell(self.env._("Approved: it may be given now."))
        return True

    def action_refuse(self):
        """Say why in a dialog."""
        self._check_decider()
        return {
            "type": "ir.actions.act_window",
            "res_model": "trust.favour.refuse",
            "name": self.env._("Refuse a favour"),
            "view_mode": "form",
            "target": "new",
            "context": {"default_favour_ids": self.ids},
        }

    def action_take_back(self):
        """A draft again, and no evidence; what we gave only by a manager."""
        self._check_step(("asked", "approved", "refused", "done"))
        given = self.filtered(lambda f: f.direction == "given" and f.state == "done")
        if given and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("What was given stays recorded: ask a manager.")
            )
        self.sudo()._withdraw()
        return True

    # BUSINESS

    def _is_decider(self):
        """A manager, and neither the one who gives nor the one who asked."""
        self.ensure_one()
        favour = self.sudo()
        parties = favour.user_id | favour.asked_by_id | favour.create_uid
        user = self.env.user
        return user.has_group(MANAGER) and user not in parties

    def _check_decider(self):
        self._check_step(("asked",))
        if not all(favour._is_decider() for favour in self):
            raise AccessError(
                self.env._(
                    "A manager decides about this favour, other than who gives it and "
                    "who asked."
                )
            )

    def _check_step(self, states):
        """May this user take that step with these favours?"""
        self.check_access("write")
        for favour in self:
            if favour.state not in states:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        'This cannot be done with "%(name)s" now. It is: %(state)s.',
                        name=favour.name,
                        state=labels[favour.state],
                    )
                )

    def _decide(self, state, reason=False):
        self.write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_date": fields.Datetime.now(),
                "refusal_reason": reason,
            }
        )
        self.activity_feedback([ACTIVITY])

    def _refuse(self, reason):
        """Refused, and those concerned are told why."""
        self._check_decider()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: who asked will read it."))
        self.sudo()._decide("refused", reason)
        for favour in self:
            favour._tell(self.env._("Refused: %(reason)s", reason=reason))

    def _tell(self, words):
        """Tell who gives it and who asked, in a message that stays with it."""
        people = (self.sudo().user_id | self.sudo().asked_by_id) - self.env.user
        self.message_post(body=words, partner_ids=people.partner_id.ids)

    def _record(self):
        """It happened: dated by its day, one with an approval not before that."""
        now = fields.Datetime.now()
        for favour in self:
            tz = favour.user_id.tz
            day = favour.date
            if favour.state == "approved":
                day = max(day, promise_days.local_day(favour.decided_date, tz))
            midnight = promise_days.to_utc(day, now.min.time(), tz)
            favour.write(
                {
                    "state": "done",
                    "date": day,
                    "happened_at": favour.happened_at or min(midnight, now),
                }
            )
        self._collect_trust_evidence()

    def _withdraw(self):
        """Nothing decided, nothing counted; who was asked need not answer any more."""
        settled = self.filtered(lambda favour: favour.state != "draft")
        if settled:
            settled.write(UNDECIDED)
            settled.activity_unlink([ACTIVITY])
            settled._collect_trust_evidence()

    def _schedule_decision(self):
        approver = self._get_approver()
        self.activity_schedule(
            ACTIVITY,
            user_id=approver.id,
            summary=self.with_context(lang=approver.lang).env._(
                "Approve or refuse: %(name)s", name=self.name
            ),
        )

    def _get_approver(self):
        """Who is asked: the limit's own, the team's leader, or another manager."""
        parties = self.user_id | self.asked_by_id | self.create_uid
        managers = self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref(MANAGER).id),
                ("company_ids", "in", self.company_id.ids),
                ("share", "=", False),
                ("id", "not in", parties.ids),
            ],
            order="id",
        )
        if not managers:
            raise UserError(
                self.env._(
                    "Nobody else may approve this favour: another colleague needs the "
                    "right Trust: Manager."
                )
            )
        first = self._get_limit().approver_id | self.user_id.sale_team_id.user_id
        return (first & managers)[:1] or managers[:1]

    # EVIDENCE

    def _prepare_trust_evidence(self):
        """One row for each favour that is done; a draft says nothing."""
        return [
            {
                "signal": "gift" if f.direction == "given" else "favour_received",
                "date": f.happened_at,
                "source": f,
                "partner_id": f.partner_id.id,
                "user_id": f.user_id.id,
                "company_id": f.company_id.id,
            }
            for f in self.sudo()
            if f.state == "done" and f.partner_id.partner_share
        ]
