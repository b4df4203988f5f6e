# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import re

from odoo import models
from odoo.fields import Domain
from odoo.tools import email_normalize

from .trust_complaint_step import OPEN

TONES = {"breached": "late", "soon": "soon"}


class TrustToday(models.AbstractModel):
    """Complaints that wait for me, not those that wait for the customer."""

    _inherit = "trust.today"

    def _section_complaints(self, day):
        domain = (
            Domain("user_id", "=", self.env.uid)
            & Domain("step_code", "in", OPEN)
            & Domain("paused_since", "=", False)
        )
        complaints, total = self._get_page("trust.complaint", domain, day, "complaint")
        return {
            "title": self.env._("Waiting for me"),
            "empty": self.env._("No complaint waits for you."),
            "summary": self.env._("1 complaint")
            if total == 1
            else self.env._("%(count)s complaints", count=total),
            "minutes": 15,
            "total": total,
            "all": "trust_crm.trust_complaint_action",
            "items": [self._prepare_complaint(complaint) for complaint in complaints],
        }

    def _say_sender(self, complaint):
        """The bare address: a name that nobody has confirmed is not taken over."""
        sender = complaint.email_from or ""
        return email_normalize(sender, strict=False) or sender

    def _prepare_complaint(self, complaint):
        answered, chip = complaint.answered_date, complaint.deadline_chip
        wanted = complaint.wanted not in (False, "nothing") and dict(
            complaint._fields["wanted"]._description_selection(self.env)
        ).get(complaint.wanted)
        main = (
            ("solve", self._say_complaint_step(complaint))
            if answered
            else ("answer", self.env._("Answer"))
        )
        return self._prepare_item(
            "complaint",
            complaint,
            who=complaint.partner_id.display_name or self._say_sender(complaint),
            what=complaint.display_name,
            reason=self._join(
                (complaint.next_step or "").rstrip(".。"),
                wanted and self.env._("wants %s", re.split("[:：]", wanted)[0].lower()),
            ),
            tag=complaint.deadline_text
            and (complaint.deadline_text, TONES.get(chip, "ok")),
            partner=complaint.partner_id,
            actions=[
                main,
                *([] if answered else [("log", self.env._("Answered by phone"))]),
                ("aside", self.env._("Not today")),
            ],
        )

    def _say_complaint_step(self, complaint):
        """The button of the next step, in one word."""
        return {
            "clarified": self.env._("Clarify"),
            "proposed": self.env._("Propose"),
            "agreed": self.env._("Note the answer"),
            "resolved": self.env._("Resolve"),
        }.get(complaint.next_code) or self.env._("Go on")

    # ACTIONS

    def _act_complaint_answer(self, res_id):
        return self._open(self.env["trust.complaint"].browse(res_id).action_write())

    def _act_complaint_log(self, res_id):
        complaint = self.env["trust.complaint"].browse(res_id)
        complaint.action_log_answer()
        return self._done(self.env._("Answered: %s", complaint.name))

    def _act_complaint_solve(self, res_id):
        """The whole form in place: the next step needs what stands on it."""
        return self._open(self._open_form("trust.complaint", res_id))

    def _open_form(self, model, res_id):
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": res_id,
            "name": self.env[model].browse(res_id).display_name,
            "views": [[False, "form"]],
            "target": "new",
        }
