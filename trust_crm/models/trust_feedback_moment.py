# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.tools import SQL

# What the SQL below reads: to be flushed before.
READ = {
    "trust.feedback": ["complaint_id", "res_model", "res_id"],
    "trust.complaint": ["touchpoint_id"],
    "trust.encounter": ["touchpoint_id", "event_id"],
    "trust.signal": ["touchpoint_id", "code"],
}


class TrustFeedback(models.Model):
    """At which moment of truth a customer was heard.

    The document that the answer is about says so: a complaint or an encounter names its
    moment, a meeting has that of its encounter. Of other documents it is the moment of
    the signal that observes them. Nothing is stored: a complaint is understood after it
    was answered.
    """

    _inherit = "trust.feedback"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    @api.model
    def _get_moment_signals(self):
        """Return ``{model an answer may be about: code of the signal seeing it}``."""
        return {"calendar.event": "meeting_held"}

    @api.model
    def _select_moment(self):
        """Return the moment of a feedback ``f``: a value, worked out only where asked.

        No join: a report that does not look at moments does not pay for them.
        """
        kinds = SQL(" ").join(
            SQL("WHEN %s THEN (%s)", model, self._select_signal_moment(code))
            for model, code in self._get_moment_signals().items()
        )
        return SQL(
            """
            COALESCE(
                (SELECT c.touchpoint_id FROM trust_complaint c
                  WHERE c.id = COALESCE(f.complaint_id,
                        CASE WHEN f.res_model = 'trust.complaint' THEN f.res_id END)),
                CASE f.res_model
                WHEN 'trust.encounter' THEN (
                     SELECT n.touchpoint_id FROM trust_encounter n
                      WHERE n.id = f.res_id)
                WHEN 'calendar.event' THEN (
                     SELECT n.touchpoint_id FROM trust_encounter n
                      WHERE n.event_id = f.res_id AND n.touchpoint_id IS NOT NULL
                   ORDER BY n.id LIMIT 1) END,
                CASE f.res_model %s END)
            """,
            kinds,
        )

    @api.model
    def _select_signal_moment(self, code):
        return SQL("SELECT s.touchpoint_id FROM trust_signal s WHERE s.code = %s", code)
