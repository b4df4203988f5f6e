# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

OUTLOOK_DAYS = (30, 90)


class TrustRelationship(models.Model):
    """What the trust panel shows of one relationship; all labels are the server's."""

    _inherit = "trust.relationship"  # pylint: disable=consider-merging-classes-inherited

    # ACTIONS

    @api.readonly
    def get_trust_panel(self):
        """Return all that the trust panel shows of one relationship, as JSON values."""
        self.ensure_one()
        self.check_access("read")
        found = self._explain()
        described = self._describe_reasons(found.effects)
        *parts, against = self._panel_parts(found.effects, described)
        history = self._read_panel_history()
        doors = self._panel_doors()
        return {
            **self._panel_head(),
            **self._panel_score(),
            "parts": parts,
            "self_orientation": against,
            **self._sort_reasons(described),
            "outlook": [
                {"days": days, "index": self._outlook(found, days)}
                for days in OUTLOOK_DAYS
            ],
            **self._panel_history(history),
            "missing_step": self._missing_step(found),
            "doors": doors,
            "next": self._next_steps(doors, self._has_moved_out(history)),
        }

    # BUSINESS

    def _panel_head(self):
        last_ageing = self._last_ageing()
        as_of = max(filter(None, (self.as_of, last_ageing)), default=None)
        circle, computed = self.circle_id, self.circle_evident_id
        override = self.override_active and {
            "reason": self.override_reason,
            "until": self.override_until and str(self.override_until),
            "by": self.override_user_id.sudo().display_name,
        }
        lender = self.sudo().lender_partner_id
        return {
            "id": self.id,
            "name": self.display_name,
            "circle": self._panel_circle(circle),
            "circle_computed": self._panel_circle(computed),
            "stage": self._panel_stage(self.stage_id),
            "stage_computed": self._panel_stage(self.stage_computed_id),
            "override": override,
            "transferred": self.transferred and lender.display_name,
            "as_of": fields.Datetime.to_string(as_of) if as_of else False,
            "owner": self.user_id.sudo().display_name or False,
            "last_contact_date": fields.Datetime.to_string(self.last_contact_date),
            "contact": self._say_contact(by=True),
            "evidence_count": self.evidence_count,
            "bonds": self._panel_bonds(),
        }

    @staticmethod
    def _panel_circle(circle):
        return bool(circle) and {
            "id": circle.id,
            "name": circle.name,
            "level": circle.level,
            "color": circle.color,
        }

    @staticmethod
    def _panel_stage(stage):
        return bool(stage) and {"id": stage.id, "name": stage.name}

    def _panel_bonds(self):
        bonds = self.env["trust.bond"].search([("relationship_id", "=", self.id)])
        return [
            {
                "name": bond.user_id.sudo().display_name,
                "share": bond.share,
                "single_thread": bond.single_thread,
            }
            for bond in bonds[:3]
        ]

    def _panel_score(self):
        bands = dict(self._fields["band"]._description_selection(self.env))
        return {
            "thin": self.thin or not self.evidence_count,
            "index": self.trust_index,
            "sd": self.index_sd,
            "low": self.index_low,
            "about": [
                max(0.0, self.trust_index - self.index_sd),
                min(100.0, self.trust_index + self.index_sd),
            ],
            "band": self.band,
            "band_label": bands.get(self.band, False),
            "confidence": self.confidence,
            "trend": self.trend_30d if self.has_trend else False,
            "neutral": 5.5,
            "bands": list(self._policy()._band_thresholds()),
        }
