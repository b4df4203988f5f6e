# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, time, timedelta

from odoo import fields, models

from .trust_feedback import EXPECTED, PERCEIVED

ANSWERED = timedelta(hours=5)
LOW = 2


class TrustDemo(models.AbstractModel):
    """Feedback of the story: asked on the line's day, answered the same day.

    ``value`` holds the digits of the answers: overall, the five of RATER, interest,
    and, where they were asked, the five expectations and the obligation. 0 is no
    answer, no digits an open request. ``words`` are about what could be better;
    ``answer`` says that the customer was told.
    """

    _inherit = "trust.demo"

    # WHAT HAPPENED

    def _tell_feedback(self, entry):
        scores = [int(digit) for digit in entry.value]
        names = ["overall", *PERCEIVED, "interest", *EXPECTED, "obliged"]
        request = self.env["trust.feedback"].create(
            self.env["trust.feedback"]._prepare_request_values(
                entry.partner, "pulse", self._find_encounter(entry), None
            )
            | {
                "state": "sent",
                "user_id": entry.user.id,
                "date_sent": entry.date,
                "date_expiry": entry.date + timedelta(days=30),
                "nonce": self.env["trust.feedback"]._new_nonce(),
                "asks_yearly": len(scores) > len(PERCEIVED) + 2,
            }
        )
        self._backdate(request, entry.date)
        if scores:
            # The answer may not lie ahead, whatever hour the story is told at.
            request.write(
                dict(zip(names, scores, strict=False))
                | {
                    "state": "answered",
                    "date_answered": min(entry.date + ANSWERED, fields.Datetime.now()),
                    "one_thing": entry.words,
                }
            )
            request._note_habit()
            self._tell_heard(request, entry)
            request._collect_trust_evidence()

    def _tell_heard(self, request, entry):
        """A low answer was followed up and the customer told, or still waits."""
        if request.overall > LOW:
            return
        if entry.answer:
            request.needs_follow_up = True
            request.told_date = entry.date + timedelta(days=2)
            request.told_by_id = entry.user
            request.message_post(body=entry.answer, author_id=entry.user.partner_id.id)
        else:
            request._follow_up()

    def _find_encounter(self, entry):
        """The meeting of that customer on the day before, if there was one.

        Days at a weekend are told on the Friday before, so it may be the same day.
        """
        since = entry.date - timedelta(days=3)
        until = datetime.combine(entry.date, time.max)
        return self.env["calendar.event"].search(
            [
                ("partner_ids", "in", entry.partner.ids),
                ("start", ">", since),
                ("start", "<=", until),
            ],
            order="start desc",
            limit=1,
        )
