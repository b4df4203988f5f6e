# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

from .trust_score_sql import COMPONENT_SUMS

HISTORY = 120
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
        return {
            **self._panel_head(),
            **self._panel_score(),
            **self._panel_reasons(found),
            "outlook": [
                {"days": days, "index": self._outlook(found, days)}
                for days in OUTLOOK_DAYS
            ],
            "history": self._panel_history(),
            "missing_step": self._missing_step(found),
            "next": self._next_steps(),
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
        label = {
            name: self._fields[name]._description_string(self.env)
            for name in ("credibility", "reliability", "intimacy", "self_orientation")
        }
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
            "parts": [
                {"key": key, "label": label[name], "value": self[name]}
                for key, name in zip(
                    "CRI", ("credibility", "reliability", "intimacy"), strict=True
                )
            ],
            "self_orientation": {
                "label": label["self_orientation"],
                "value": self.self_orientation,
            },
            "neutral": 5.5,
            "bands": list(self._policy()._band_thresholds()),
        }

    def _panel_history(self):
        rows = self.env["trust.snapshot"].search(
            [("relationship_id", "=", self.id)], order="date desc", limit=HISTORY
        )
        return [
            {"date": fields.Datetime.to_string(row.date), "index": row.trust_index}
            for row in rows[::-1]
        ]

    def _missing_step(self, found):
        """Return the first step of building trust (S21) that nothing speaks of yet."""
        signals = self.env["trust.signal"].sudo().browse(found.heard)
        heard = set(signals.mapped("step"))
        hints = self._step_hints()
        field = self.env["trust.signal"]._fields["step"]
        for step, label in field._description_selection(self.env):
            if step not in heard:
                return {"step": step, "label": label, "hint": hints[step]}
        return False

    def _step_hints(self):
        return {
            "first_impression": self.env._(
                "Answer the next enquiry quickly and in person."
            ),
            "openness": self.env._("Answer their mails soon and openly."),
            "promise_service": self.env._("Make a small promise, and keep it."),
            "exchange_care": self.env._(
                "Call, visit or meet: nobody has been in touch yet."
            ),
            "upkeep": self.env._("Ask how they rate your work."),
        }

    def _next_steps(self):
        """Return sentences that say what would help now, most pressing first."""
        steps = []
        if self.contact_due in ("overdue", "due"):
            steps.append(self._say_contact_due())
        weakest = self._weakest_part()
        if weakest:
            steps.append(weakest)
        return steps

    def _say_contact_due(self):
        days, _longest = self.sudo()._get_rhythm()
        return self.env._("Be in touch again: ideally every %(days)s days.", days=days)

    def _weakest_part(self):
        """Return the advice for the component with the least evidence or value."""
        advice = {
            "c": self.env._(
                "Credibility has the least evidence: show what you can do."
            ),
            "r": self.env._(
                "Reliability has the least evidence: a small promise, kept, helps."
            ),
            "i": self.env._(
                "Intimacy has the least evidence: a call or a visit helps most."
            ),
        }
        sums = {
            c: sum(self[name] for name in COMPONENT_SUMS if name.startswith(f"x_{c}_"))
            for c in advice
        }
        return advice[min(sums, key=sums.get)] if self.evidence_count else False
