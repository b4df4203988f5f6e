# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from .trust_complaint_step import OPEN

TOO_MANY = 2


class TrustComplaint(models.Model):
    """Proposals and answers: what the customer says moves the complaint."""

    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited

    def _propose(self, solution):
        """Put a solution to the customer and stop our clock until they answer."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_about_me()
        if solution.state != "draft" or self.step_code not in OPEN:
            raise UserError(self.env._("This solution cannot be proposed now."))
        complaint, now = self.sudo(), fields.Datetime.now()
        solution.sudo().write({"state": "proposed", "date_proposed": now})
        if complaint.step_code != "proposed":
            if complaint.step_code == "agreed":
                complaint._enter("clarified")
            self._step_to("proposed")
        complaint._note_answer(self.env.user)
        self._set_waiting(True, self.env._("Proposal: %(name)s", name=solution.name))

    def _customer_answer(
        self, solution, accepted, sentence, voice="customer", author=None
    ):
        """Note the customer's answer to a proposal.

        :param solution: a proposed solution of this complaint
        :param bool accepted: whether the customer accepts it
        :param str sentence: in the customer's words; a refusal needs one
        :param voice: "customer" when they answer themselves (on the portal, called in
            sudo after the access was checked), "staff" when we note what they said
        :param author: partner who answers, when not the complaint's own
        :raises UserError: when this solution is not open to an answer
        """
        self.ensure_one()
        if voice not in ("customer", "staff"):
            raise ValueError(f"Unknown voice: {voice}")
        if voice == "staff":
            self.check_access("write")
            self._check_not_about_me()
        complaint = self.sudo()
        solution = solution.sudo()
        if (
            solution.complaint_id != complaint
            or solution.state != "proposed"
            or complaint.step_code != "proposed"
        ):
            raise UserError(self.env._("This solution is not open to an answer."))
        sentence = (sentence or "").strip()
        if not accepted and not sentence:
            raise UserError(self.env._("Say in one sentence why it is refused."))
        solution.write(
            {
                "state": "accepted" if accepted else "refused",
                "answer": sentence,
                "answered_by": voice,
                "date_answered": fields.Datetime.now(),
            }
        )
        author = (author or complaint.partner_id) if voice == "customer" else None
        complaint._after_answer(solution, accepted, sentence, voice, author)

    def _after_answer(self, solution, accepted, sentence, voice, author):
        """On to what was agreed, or back to thinking and a word to whoever mends it."""
        others = self.solution_ids.filtered(lambda s: s.state == "proposed")
        if accepted:
            others.write({"state": "draft"})
            self._end_pause(self.step_code, fields.Datetime.now(), always=True)
            self._log_answer(
                self.env._("Accepted: %(name)s", name=solution.name), sentence, author
            )
            self._enter("agreed", sentence, author)
            self._notify_responsible(
                lambda env: env._("Accepted: %(name)s", name=solution.name)
            )
            return
        self.refusal_count += 1
        self._log_answer(
            self.env._("Refused: %(name)s", name=solution.name), sentence, author
        )
        if not others:
            self._end_pause(self.step_code, fields.Datetime.now(), always=True)
            self._enter("clarified", sentence, author)
        self._update_urgency()
        self._notify_responsible(
            lambda env: env._(
                "Refused: %(name)s (%(sentence)s)",
                name=solution.name,
                sentence=sentence,
            )
        )
        if self.refusal_count >= TOO_MANY:
            self._set_outcome("bad", solution.date_answered, voice)
            self._escalate("refused", str(self.refusal_count))

    def _log_answer(self, what, sentence, author):
        """Keep the answer in the thread, under the name of who gave it."""
        self._message_log(
            body=plaintext2html(f"{what}\n{sentence}" if sentence else what),
            author_id=author.id if author else None,
        )
