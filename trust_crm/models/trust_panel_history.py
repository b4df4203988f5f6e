# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from babel.dates import format_skeleton

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse, format_date, get_lang

from .trust_words import join_words

HISTORY = 120
# A fall of this many points between two points of the history is worth a word.
TURN = 2.0
NAMED = 2


class TrustRelationship(models.Model):
    """The history on the trust panel: the line, its deepest fall, since when (I1)."""

    _inherit = "trust.relationship"

    # BUSINESS

    def _read_panel_history(self):
        """Return the newest HISTORY points, the oldest of them first."""
        return self.env["trust.snapshot"].search(
            [("relationship_id", "=", self.id)], order="date desc", limit=HISTORY
        )[::-1]

    def _panel_history(self, rows):
        """Return ``history``, its ``turn``, the month since which the circle holds."""
        return {
            "history": [
                {"date": fields.Datetime.to_string(row.date), "index": row.trust_index}
                for row in rows
            ],
            "turn": self._panel_turn(rows),
            "circle_since": self._say_circle_since(rows),
        }

    def _has_moved_out(self, rows):
        """Return whether the circle was one further in 30 days ago."""
        month_ago = fields.Datetime.now() - timedelta(days=30)
        then = [row.circle_id for row in rows if row.date <= month_ago][-1:]
        return bool(then and self.circle_id and then[0].level > self.circle_id.level)

    def _say_circle_since(self, rows):
        """Return "March", "March 2025", or False when it was always so."""
        other = [row.circle_id != self.circle_id for row in rows]
        if not self.circle_id or True not in other or other[-1]:
            return False
        since = rows[len(other) - other[::-1].index(True)].date
        this_year = since.year == fields.Date.context_today(self).year
        return self._say_month(since, year=not this_year)

    def _say_month(self, moment, year=True):
        """The month as the reader writes it: March 2025, 2025年3月."""
        if not year:
            return format_date(self.env, moment.date(), date_format="LLLL")
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_skeleton("yMMMM", moment.date(), locale=locale)

    def _panel_turn(self, rows):
        """Return the deepest fall with the facts that made it, or False.

        A fall that only time or a new policy made has nothing to name.
        """
        pairs = list(zip(rows, rows[1:], strict=False))
        before, after = max(
            pairs,
            key=lambda pair: pair[0].trust_index - pair[1].trust_index,
            default=(None, None),
        )
        if not pairs or before.trust_index - after.trust_index < TURN:
            return False
        facts = self._find_harmful(before.date, after.date)
        return bool(facts) and {
            "date": fields.Datetime.to_string(after.date),
            "index": after.trust_index,
            "text": join_words(self.env, facts),
        }

    def _find_harmful(self, start, end):
        """Return the names of the kinds of fact that cost trust then, newest first."""
        harmful = {
            signal
            for signal, part, weight in self._policy()._weights()
            if (weight > 0) == (part == "S")
        }
        rows = (
            self.env["trust.evidence"]
            .sudo()
            .search_fetch(
                self._get_evidence_domain()
                & Domain("state", "=", "live")
                & Domain("date", ">", start)
                & Domain("date", "<=", end)
                & Domain("signal_id", "in", list(harmful)),
                ["signal_id"],
                limit=10 * NAMED,
            )
        )
        return rows.signal_id.mapped("name")[:NAMED]
