# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models

from .trust_explain_sql import ON_PARTS

EXPLAINED = 4


class TrustRelationship(models.Model):
    """Each bar of the trust panel explained (I1): what it means, what made it so."""

    _inherit = "trust.relationship"

    # BUSINESS

    def _panel_parts(self, found=None):
        """Return credibility, reliability, intimacy and self-orientation.

        :param found: Explanation; without it the parts come without their reasons
        :return: dicts ``key``, ``label``, ``value`` (1..10), ``help``, ``reasons_up``
            and ``reasons_down``, the effects in points of the part
        """
        told = self._explain_parts(found.effects) if found else {}
        meaning = self._part_meanings()
        return [
            {
                "key": on[-1].upper(),
                "label": self._fields[name]._description_string(self.env),
                "value": self[name],
                "help": meaning[name],
                **told.get(on, {"reasons_up": [], "reasons_down": []}),
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

    def _explain_parts(self, effects):
        """Return ``{on_part: reasons_up, reasons_down}``, each document read once."""
        described = dict(
            zip(
                (effect["signal_id"] for effect in effects),
                self._describe_reasons(effects),
                strict=True,
            )
        )
        told = {}
        for on in ON_PARTS:
            reasons = sorted(
                (
                    described[effect["signal_id"]] | {"effect": effect[on]}
                    for effect in effects
                    if effect[on]
                ),
                key=lambda reason: -reason["effect"],
            )
            told[on] = {
                "reasons_up": [r for r in reasons if r["effect"] > 0][:EXPLAINED],
                "reasons_down": [r for r in reasons if r["effect"] < 0][-EXPLAINED:][
                    ::-1
                ],
            }
        return told
