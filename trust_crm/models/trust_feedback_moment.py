# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.tools import SQL


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
        """Return ``{model an answer may be about: code of the signal observing it}``."""
        return {"calendar.event": "meeting_held"}

    @api.model
    def _join_moment(self):
        """Return the JOIN that gives each feedback ``f`` its ``w.touchpoint_id``."""
        kinds = SQL(" ").join(
            SQL("WHEN %s THEN %s", model, code)
            for model, code in self._get_moment_signals().items()
        )
        return SQL(
            """
            LEFT JOIN LATERAL (
                   SELECT COALESCE(c.touchpoint_id, n.touchpoint_id, m.touchpoint_id,
                                   k.touchpoint_id) AS touchpoint_id
                     FROM (VALUES (f.res_model, f.res_id)) AS d (model, id)
                LEFT JOIN trust_complaint c ON c.id = COALESCE(f.complaint_id,
                          CASE WHEN d.model = 'trust.complaint' THEN d.id END)
                LEFT JOIN trust_encounter n
                       ON d.model = 'trust.encounter' AND n.id = d.id
                LEFT JOIN LATERAL (
                          SELECT e.touchpoint_id FROM trust_encounter e
                           WHERE d.model = 'calendar.event' AND e.event_id = d.id
                             AND e.touchpoint_id IS NOT NULL
                        ORDER BY e.id LIMIT 1) m ON TRUE
                LEFT JOIN trust_signal k ON k.code = CASE d.model %s END) w ON TRUE
            """,
            kinds,
        )
