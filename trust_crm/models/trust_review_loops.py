# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.fields import Domain

from ..tools import trust_equation
from .trust_crisis import OPEN
from .trust_promise import UNFULFILLED
from .trust_review_find import SHOWN

ANSWERED = ("answered", "expired")


class TrustReview(models.Model):
    """What is still open at the end of a period, and what was kept in it."""

    _inherit = "trust.review"

    # WHAT IS STILL OPEN

    def _find_loops(self, span):
        """Crises first, then customers who say no, then what was to be mended."""
        return [
            *self._find_crises(span),
            *self._find_unrecovered(span),
            *self._find_corrective(span),
        ]

    def _list_open(self, model, domain, order, rest):
        """Return the first of ``model``, and note how many are left."""
        found = self.env[model].search(domain, order=order, limit=SHOWN)
        self[rest] = self.env[model].search_count(domain) - len(found)
        return found

    def _get_crises_domain(self, span):
        domain = Domain("state", "in", OPEN) & Domain("date", "<", span.end)
        domain &= Domain("company_id", "=", span.company.id)
        if span.team:
            domain &= Domain("partner_id.user_id", "in", span.members.ids)
        return domain

    def _find_crises(self, span):
        domain = self._get_crises_domain(span)
        for one in self._list_open("trust.crisis", domain, "date, id", "crisis_rest"):
            customer = one.kind == "customer"
            yield {
                "part": "loop",
                "kind": "crisis",
                "crisis_id": one.id,
                "relationship_id": one.relationship_id.id,
                "value_now": one.relationship_id.trust_index,
                "value_before": one.index_before if customer else None,
                "facts": {
                    "days": (span.end - one.date).days,
                    "active": one.state == "active",
                    "customers": len(one.relationship_ids),
                },
            }

    def _get_unrecovered_domain(self, span):
        """Asked 30 days later, some say so about a resolution of the period before."""
        domain = self._get_documents(span, "resolved_date")
        domain |= self._get_documents(span.earlier, "resolved_date")
        return domain & Domain("recovered", "=", "no") & Domain("confirmed", "=", True)

    def _find_unrecovered(self, span):
        found = self._list_open(
            "trust.complaint",
            self._get_unrecovered_domain(span),
            "resolved_date desc, id",
            "unrecovered_rest",
        )
        known = self._get_relationships(found.commercial_partner_id)
        for one in found:
            relationship = known.get(one.commercial_partner_id)
            yield {
                "part": "loop",
                "kind": "unrecovered",
                "complaint_id": one.id,
                "relationship_id": relationship and relationship.id,
                "value_now": relationship and relationship.trust_index,
                "value_before": one.trust_before or None,
            }

    def _get_corrective_domain(self, span):
        domain = (
            Domain("purpose", "in", ("corrective", "preventive"))
            & Domain("complaint_id", "!=", False)
            & Domain("state", "in", UNFULFILLED)
            & Domain("create_date", "<", span.end)
            & Domain("company_id", "=", span.company.id)
        )
        return domain & Domain("team_id", "=", span.team.id) if span.team else domain

    def _find_corrective(self, span):
        domain = self._get_corrective_domain(span)
        found = self._list_open(
            "trust.promise", domain, "date_deadline, id", "corrective_rest"
        )
        customers = found.complaint_id.commercial_partner_id
        known = self._get_relationships(customers)
        for one in found:
            late = (span.end.date() - one.date_deadline).days
            customer = one.complaint_id.commercial_partner_id
            yield {
                "part": "loop",
                "kind": "corrective",
                "promise_id": one.id,
                "complaint_id": one.complaint_id.id,
                "relationship_id": known[customer].id if customer in known else False,
                "value_now": max(late, 0),
                "facts": {"days": late},
            }

    def _get_relationships(self, partners):
        """Return ``{partner: relationship}`` in the review's company."""
        domain = Domain("partner_id", "in", partners.ids) & Domain(
            "company_id", "=", self.company_id.id
        )
        return self.env["trust.relationship"].search(domain).grouped("partner_id")

    # WHAT WAS KEPT

    def _read_kept(self, span):
        """Shares of the period before and of this one, None where nothing is known."""
        pairs = [self._read_shares(period) for period in (span.earlier, span)]
        return {name: [pair[name] for pair in pairs] for name in pairs[0]}

    def _read_shares(self, span):
        promises, complaints = "trust.promise.report", "trust.complaint.report"
        domain = self._get_documents(span, "date_deadline")
        [(kept, ended)] = self.env[promises]._read_group(
            domain, [], ["kept_rate:avg", "kept_rate:count"]
        )
        domain = self._get_documents(span, "received_date")
        [(received, recovered, told)] = self.env[complaints]._read_group(
            domain, [], ["__count", "recovered_rate:avg", "recovered_rate:count"]
        )
        domain = self._get_documents(span, "date_sent")
        states = dict(
            self.env["trust.feedback"]._read_group(domain, ["state"], ["__count"])
        )
        asked = sum(states.get(state, 0) for state in ("sent", *ANSWERED))
        answered = states.get("answered", 0)
        return {
            "kept": kept if ended else None,
            "complaints": received,
            "recovered": recovered if told else None,
            "response": 100 * answered / asked if asked else None,
        }


class TrustTouchpoint(models.Model):
    """What a moment of truth was at a past day."""

    _inherit = "trust.touchpoint"

    # BUSINESS

    def _judge_at(self, at):
        """Return ``{moment: {role, score, good, bad, measured}}`` of 90 days to ``at``.

        The team's judgement and counter-measure are today's: they have no past.
        """
        found = self._read_live(at)
        judged = {}
        for moment in self:
            good, bad, pos, neg = found.get(moment.id, (0, 0, 0.0, 0.0))
            score = trust_equation.quality(pos, neg)
            role = moment.judgement or self._judge_score(good + bad, score)
            judged[moment] = {
                "role": role,
                "score": score,
                "good": good,
                "bad": bad,
                "measured": bool((moment.counter_measure or "").strip()),
            }
        return judged
