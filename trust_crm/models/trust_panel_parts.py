# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models

from .trust_explain_sql import ON_PARTS

EXPLAINED = 4


class TrustRelationship(models.Model):
    """Each bar of the trust panel explained (I1): what it means, what made it so."""

    _inherit = "trust.relationship"

    # BUSINESS

    def _panel_parts(self, effects, described):
        """Return credibility, reliability, intimacy and self-orientation.

        :param effects: rows of the Explanation; ``described``: the same as reasons
        :return: dicts ``key``, ``label``, ``value`` (1..10), ``help``, ``reasons_up``
            and ``reasons_down``, the effects in points of the part
        """
        meaning = self._part_meanings()
        return [
            {
                "key": on[-1].upper(),
                "label": self._fields[name]._description_string(self.env),
                "value": self[name],
                "help": meaning[name],
                **self._explain_part_by(on, effects, described),
            }
            for on, name in ON_PARTS.items()
        ]

    def _part_meanings(self):
        return {
            "credibility": self.env._(
                "Do they believe what we say, and that we are able to do it?"
            ),
            "reliability": self.env._("Do we do what we promised, on the day we said?"),
            "intimacy": self.env._(
                "Do they feel safe with us, and known as the person they are?"
            ),
            "self_orientation": self.env._(
                "Do we look after ourselves first? The three others are divided by it."
            ),
        }

    def _explain_part_by(self, on, effects, described):
        """Return the reasons of one part, each with its effect on that part."""
        reasons = [
            reason | {"effect": effect[on]}
            for effect, reason in zip(effects, described, strict=True)
        ]
        reasons.sort(key=lambda reason: -reason["effect"])
        return self._sort_reasons(reasons, EXPLAINED)
