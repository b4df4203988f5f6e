# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.fields import Domain

OURS = ("human_contact", "meeting_held")
THEIRS = ("contact_by_customer",)
PUSHY = ("pushy_selling",)
OFFER = "sale.order"


class TrustTeamView(models.AbstractModel):
    """The meter of our own self-orientation: what customers feel of our interest.

    The dial is the average S of the equation over customers we can judge; beside it
    stand the habits that move it: whether we ask or pitch, who gets in touch first, and
    whether we push at the wrong moment.
    """

    _inherit = "trust.team.view"

    # BUSINESS

    def _get_orientation(self, span):
        customers = self._get_customers_domain(span) & Domain("thin", "=", False)
        [(average,)] = self.env["trust.relationship"]._read_group(
            customers, [], ["self_orientation:avg"]
        )
        facts = self._count_orientation(span)
        theirs = sum(facts.get(code, 0) for code in THEIRS)
        ours = sum(facts.get(code, 0) for code in OURS)
        touches = theirs + ours
        return {
            "average": average or False,
            "share": round(10 * average) if average else False,
            "listening": self._get_listening(span),
            "started_by_us": round(100 * ours / touches) if touches else None,
            "touches": touches,
            "touches_domain": list(self._get_facts_domain(span, OURS + THEIRS)),
            **self._get_pushes(span),
        }

    def _count_orientation(self, span):
        """Live facts of the span per code: who got in touch with whom."""
        groups = self.env["trust.evidence"]._read_group(
            self._get_facts_domain(span, OURS + THEIRS), ["signal_id"], ["__count"]
        )
        return {signal.code: count for signal, count in groups}

    def _get_pushes(self, span):
        """Offers too soon after a sale, and pushes at the wrong moment otherwise."""
        domain = self._get_facts_domain(span, PUSHY)
        groups = self.env["trust.evidence"]._read_group(
            domain, ["source_model"], ["__count"]
        )
        counts = dict(groups)
        offers = counts.pop(OFFER, 0)
        return {
            "offers": offers,
            "offers_domain": list(domain & Domain("source_model", "=", OFFER)),
            "pushes": sum(counts.values()),
            "pushes_domain": list(domain & Domain("source_model", "!=", OFFER)),
        }

    def _get_facts_domain(self, span, codes):
        """Facts about the customers that the reader sees, of the team's colleagues."""
        domain = (
            Domain("signal_id.code", "in", codes)
            & Domain("date", ">=", span.since)
            & Domain("state", "=", "live")
            & Domain("company_id", "in", [span.company.id, False])
        )
        if span.team:
            domain &= Domain(
                "partner_id.commercial_partner_id.user_id", "in", span.members.ids
            )
        return domain

    def _get_listening(self, span):
        """How much of our talks was asking, and in how many somebody said so."""
        domain = (
            Domain("company_id", "=", span.company.id)
            & Domain("date", ">=", span.since)
            & (Domain("asked", "!=", "0") | Domain("pitched", "!=", "0"))
        )
        if span.team:
            domain &= Domain("user_id", "in", span.members.ids)
        [(count, listening)] = self.env["trust.encounter"]._read_group(
            domain, [], ["__count", "listening:avg"]
        )
        return {
            "count": count,
            "share": round(listening) if count else None,
            "domain": list(domain),
        }
