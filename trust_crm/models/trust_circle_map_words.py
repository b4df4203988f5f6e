# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models

MONTH = timedelta(days=30)
WORDS = 12  # relationships put into words at a time
REASONS = 2


class TrustRelationship(models.Model):
    """What the circle map says beside its dots: who moved, and because of what."""

    _inherit = "trust.relationship"

    # ACTIONS

    @api.readonly
    def get_circle_map_words(self):
        """Return ``{id: words}`` of at most ``WORDS`` relationships.

        Words are a dict of ``index``, ``about`` (its range), ``before`` (the index 30
        days ago, or False), ``circle``, ``stage``, ``owner``, ``last_contact`` (UTC)
        and ``because`` (sentences, the weightiest first).
        """
        shown = self[:WORDS]
        shown.check_access("read")
        return {rel.id: rel._prepare_map_words() for rel in shown}

    # BUSINESS

    def _prepare_map_words(self):
        score = self._panel_score()
        moved = self.has_trend and round(self.trend_30d)
        return {
            "index": score["index"],
            "about": score["about"],
            "thin": score["thin"],
            "before": bool(moved) and self.trust_index - self.trend_30d,
            "circle": self.circle_id.name or False,
            "stage": self.stage_id.name or False,
            "owner": self.user_id.sudo().display_name or False,
            "last_contact": fields.Datetime.to_string(self.last_contact_date),
            "because": self._moved_because() if moved else [],
        }

    def _moved_because(self):
        """Return what of the last 30 days moved the index the way it went."""
        found = self._explain(since=fields.Datetime.now() - MONTH)
        way = 1 if self.trend_30d > 0 else -1
        moving = [e for e in found.effects if e["effect"] * way > 0]
        moving.sort(key=lambda e: -abs(e["effect"]))
        signals = self.env["trust.signal"].sudo()
        words = [
            self._said(signals.browse(e["signal_id"]).name, e["count"])
            for e in moving[:REASONS]
        ]
        return words or [
            self.env._("Older bad news fades.")
            if way > 0
            else self.env._("Nothing new: what was known fades.")
        ]

    def _said(self, fact, count):
        if count == 1:
            return fact
        return self.env._("%(fact)s, %(count)s times", fact=fact, count=count)
