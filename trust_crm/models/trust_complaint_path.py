# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .trust_complaint_step import LEFT, OPEN, PATH


class TrustComplaint(models.Model):
    """The way of a complaint: one next step, and what it still needs.

    The needs are checked when a step is taken, and again by a constraint on *resolved*
    and *closed*: no write, import or context gets there without them, not even in sudo.
    """

    _inherit = "trust.complaint"

    next_code = fields.Char(compute="_compute_next_step", groups="base.group_user")
    next_step = fields.Char(compute="_compute_next_step", groups="base.group_user")
    blocked_by = fields.Text(
        "Still needed", compute="_compute_next_step", groups="base.group_user"
    )

    # COMPUTE

    @api.depends(
        "step_code",
        "confirmed",
        "partner_id",
        "answered_date",
        "problem",
        "problem_agreed",
        "disagreement",
        "feeling_ids",
        "wanted",
        "solution_ids.state",
        "apology",
        "no_redress",
        "redress_ids.state",
        "cause_id",
        "customer_told",
    )
    def _compute_next_step(self):
        texts = self._get_next_texts()
        for complaint in self:
            code = complaint._get_next_code()
            complaint.next_code = code
            complaint.next_step = texts.get(code, "")
            needs = complaint._get_needs(code) if code else []
            complaint.blocked_by = "\n".join(needs)

    def _get_next_code(self):
        """The step that comes next on the path, or False at its end."""
        self.ensure_one()
        if self.step_code not in PATH[:-1]:
            return False
        return PATH[PATH.index(self.step_code) + 1]

    def _get_next_texts(self):
        """What to do now, by the step that it leads to."""
        return {
            "listening": self.env._("Answer the customer, and listen."),
            "clarified": self.env._(
                "Find the core of it with the customer, and write it down in their "
                "words."
            ),
            "proposed": self.env._("Propose a solution."),
            "agreed": self.env._("Get the customer's answer to the proposal."),
            "resolved": self.env._("Do what was agreed, and set right what was wrong."),
            "closed": self.env._("Learn from it: name the cause, tell the customer."),
        }

    # CONSTRAINTS

    @api.constrains(
        "step_id",
        "problem",
        "problem_agreed",
        "disagreement",
        "apology",
        "no_redress",
        "cause_id",
        "customer_told",
        "stopped_date",
    )
    def _check_path(self):
        for complaint in self.sudo():
            code = complaint.step_code
            if code in ("resolved", "closed"):
                if needs := complaint._get_all_needs(code):
                    raise ValidationError(complaint._say_blocked(code, needs))
            if code in LEFT and not (complaint.end_reason or "").strip():
                raise ValidationError(
                    self.env._("Say why the complaint ends without a solution.")
                )

    # BUSINESS

    def _get_all_needs(self, code):
        """What is missing for a step and all before it."""
        passed = PATH[: PATH.index(code) + 1]
        return [need for step in passed for need in self._get_needs(step)]

    def _get_needs(self, code):
        """Sentences: what the step of that code still needs. Empty: go on."""
        self.ensure_one()
        method = getattr(self, f"_get_needs_{code}", None)
        return [need for need in method() if need] if method else []

    def _get_needs_clarified(self):
        yield not self.partner_id and self.env._("Who is the customer?")
        yield not self.confirmed and self.env._(
            "Confirm that the mail comes from the customer."
        )
        yield not self.feeling_ids and self.env._("What does the customer feel?")
        yield not self.wanted and self.env._(
            "Is sympathy, care or understanding wanted?"
        )
        yield not (self.problem or "").strip() and self.env._(
            "The problem, in the customer's words."
        )
        agreed = self.problem_agreed or (self.disagreement or "").strip()
        yield not agreed and self.env._(
            "Does the customer agree with it? If not, note where you disagree."
        )

    def _get_needs_proposed(self):
        offered = self.solution_ids.filtered(lambda s: s.state != "draft")
        yield not offered and self.env._("A solution proposed to the customer.")

    def _get_needs_agreed(self):
        accepted = self.solution_ids.filtered(lambda s: s.state == "accepted")
        yield not accepted and self.env._("A solution that the customer accepts.")

    def _get_needs_resolved(self):
        yield not self.apology and self.env._("Decide on the apology.")
        live = self.redress_ids.filtered(lambda r: r.state != "refused")
        yield (
            not live
            and not self.no_redress
            and self.env._('Decide on a redress, or choose "No redress".')
        )
        waiting = live.filtered(lambda r: r.state in ("draft", "to_approve"))
        yield waiting and self.env._("The redress waits for its approval.")

    def _get_needs_closed(self):
        yield not self.cause_id and self.env._("The cause.")
        yield not self.customer_told and self.env._(
            "Tell the customer what came of it."
        )

    def _say_blocked(self, code, needs):
        step = self.env["trust.complaint.step"]._get(code)
        return self.env._(
            'The complaint %(name)s cannot be "%(step)s" yet:\n%(needs)s',
            name=self.name,
            step=step.name,
            needs="\n".join(f"- {need}" for need in needs),
        )

    def _step_to(self, code, reason=False, author=None):
        """Walk to a step: forward over each between, or back among the open ones.

        :raises UserError: when a step on the way misses something
        """
        self.ensure_one()
        self.check_access("write")
        if self.step_code == code:
            return
        if self.step_code not in OPEN and not (
            self.step_code == "resolved" and code == "closed"
        ):
            raise UserError(
                self.env._(
                    "The complaint %(name)s has come to an end: reopen it first.",
                    name=self.name,
                )
            )
        if code in LEFT:
            raise UserError(
                self.env._("Withdraw or reject a complaint by its button: say why.")
            )
        here, there = PATH.index(self.step_code), PATH.index(code)
        if there > here:
            for passed in PATH[here + 1 : there + 1]:
                if needs := self.sudo()._get_all_needs(passed):
                    raise UserError(self._say_blocked(passed, needs))
                self.sudo()._enter(passed, reason, author)
        else:
            self.sudo()._enter(code, reason, author)

    def _enter(self, code, reason=False, author=None, **values):
        """Be at a step from now on, with date and author."""
        now = fields.Datetime.now()
        step = self.env["trust.complaint.step"]._get(code)
        self.env["trust.complaint.move"].create(
            {
                "complaint_id": self.id,
                "from_id": self.step_id.id,
                "step_id": step.id,
                "date": now,
                "author_id": (author or self.env.user.partner_id).id,
                "reason": reason,
            }
        )
        self._end_pause(code, now)
        if author:
            self._track_set_author(author)
        self.write({"step_id": step.id, **self._get_step_values(code, now), **values})
        self._after_step(code)

    def _get_step_values(self, code, now):
        """What a step writes beside itself."""
        if code == "resolved":
            return {"resolved_date": now, **self._get_agreed_outcome(now)}
        if code == "closed":
            return {"closed_date": now}
        if code in LEFT:
            return {"stopped_date": now}
        return {}
