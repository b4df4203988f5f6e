# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.fields import Domain

from .trust_promise import UNFULFILLED

SOON_DAYS = 1


class TrustToday(models.AbstractModel):
    """Promises due: what I promised, and what customers promised and I watch."""

    _inherit = "trust.today"

    def _section_promises(self, day):
        domain = (
            Domain("user_id", "=", self.env.uid)
            & Domain("state", "in", UNFULFILLED)
            & Domain("date_deadline", "<=", f"today +{SOON_DAYS}d")
        )
        promises, total = self._get_page("trust.promise", domain, day, "promise")
        return {
            "title": self.env._("Promises of mine"),
            "empty": self.env._("No promise is due. Small ones, kept, build trust."),
            "summary": self.env._("1 promise")
            if total == 1
            else self.env._("%(count)s promises", count=total),
            "minutes": 5,
            "total": total,
            "all": "trust_crm.trust_promise_action",
            "items": [self._prepare_promise(promise, day) for promise in promises],
        }

    def _prepare_promise(self, promise, day):
        theirs, slips = promise.direction == "theirs", promise.slip_count
        complaint = promise.complaint_id
        late = promise.missed_at or promise.date_deadline < day.today
        kept = self.env._("Kept late") if late else self.env._("Kept")
        return self._prepare_item(
            "promise",
            promise,
            who=promise.promised_to,
            what=promise.name,
            reason=self._join(
                theirs and self.env._("they promised it to us"),
                complaint and self.env._("part of complaint %s", complaint.name),
                slips == 1 and self.env._("slipped once"),
                slips > 1 and self.env._("slipped %(times)s times", times=slips),
            ),
            tag=self._say_day(day, promise.date_deadline),
            partner=promise.partner_id,
            lead=promise.lead_id,
            actions=[
                ("keep", kept),
                ("move", self.env._("Another day")),
                ("aside", self.env._("Not today")),
            ],
        )

    # ACTIONS

    def _act_promise_keep(self, res_id):
        promise = self.env["trust.promise"].browse(res_id)
        promise.action_keep()
        message = self.env._("Kept: %s", promise.name)
        return self._done(message, ["promise", res_id, "reopen"])

    def _act_promise_reopen(self, res_id):
        promise = self.env["trust.promise"].browse(res_id)
        promise.action_reopen()
        return self._done(self.env._("Still to be kept: %s", promise.name))

    def _act_promise_move(self, res_id):
        return self._open(self.env["trust.promise"].browse(res_id).action_move())
