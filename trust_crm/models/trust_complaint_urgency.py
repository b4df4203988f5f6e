# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .trust_complaint_deadline import IMPATIENT
from .trust_complaint_step import OPEN
from .trust_words import join_words

STAFF = "base.group_user"
AT_RISK = 42


class TrustComplaint(models.Model):
    """Patience: a customer who trusts gives us time to mend; one who does not, less.

    Urgency is the severity (1 to 4), plus one each when trust is low (``circle_low``
    below 42), when the customer refused a solution, and when the complaint was taken
    outside. At 5 or more the deadlines halve. Number and reasons are stored when one
    of them changes; the sentence is put together in the language of who reads it.
    """

    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited

    urgency = fields.Integer(
        readonly=True, copy=False, aggregator="avg", groups=STAFF, index=True
    )
    urgency_reasons = fields.Char(readonly=True, copy=False, groups=STAFF)
    urgency_reason = fields.Char(
        "Why so urgent", compute="_compute_urgency_reason", groups=STAFF
    )

    # COMPUTE

    @api.depends("urgency", "urgency_reasons", "severity")
    def _compute_urgency_reason(self):
        severities = dict(self._fields["severity"]._description_selection(self.env))
        texts = {
            "low_trust": self.env._("the customer trusts us little"),
            "refused": self.env._("a solution was refused"),
            "outside": self.env._("it was taken outside"),
        }
        for complaint in self:
            reasons = (complaint.urgency_reasons or "").split()
            named = [severities.get(complaint.severity, "").lower()]
            named += [texts[reason] for reason in reasons if reason in texts]
            sentence = self.env._(
                "Urgency %(number)s: %(reasons)s.",
                number=complaint.urgency,
                reasons=join_words(self.env, named),
            )
            if complaint.urgency >= IMPATIENT:
                sentence = self.env._(
                    "%(sentence)s The deadlines are halved.", sentence=sentence
                )
            complaint.urgency_reason = sentence

    # BUSINESS

    def _update_urgency(self, at=None, relationships=None):
        """Store urgency and reasons; plan anew when patience runs out, or returns.

        :param at: since when (UTC): now, or the reception of a new complaint
        :param relationships: as ``_get_relationships`` gives them, if known already
        """
        concerned = self.filtered(lambda c: c.step_code in OPEN)
        if relationships is None:
            relationships = concerned._get_relationships()
        for complaint in concerned:
            reasons = complaint._get_urgency_reasons(relationships[complaint])
            urgency = int(complaint.severity) + len(reasons)
            text = " ".join(reasons)
            if (complaint.urgency, complaint.urgency_reasons or "") != (urgency, text):
                complaint.write({"urgency": urgency, "urgency_reasons": text})
            if (urgency >= IMPATIENT) != bool(complaint.halved_at):
                since = at or fields.Datetime.now()
                complaint.halved_at = urgency >= IMPATIENT and since
                complaint._plan_deadlines()

    def _get_urgency_reasons(self, relationship):
        self.ensure_one()
        reasons = []
        if relationship.as_of and relationship.circle_low < AT_RISK:
            reasons.append("low_trust")
        if self.refusal_count:
            reasons.append("refused")
        if self.outside:
            reasons.append("outside")
        return reasons

    @api.model
    def _get_trust_moved_domain(self):
        """Open complaints whose customers crossed the threshold since it was looked."""

        def to_sql(model, alias, query):
            return SQL(
                """EXISTS (SELECT FROM trust_relationship r
                            WHERE r.partner_id = %s AND r.company_id = %s
                              AND r.as_of IS NOT NULL AND r.circle_low < %s)
                   <> (COALESCE(%s, '') LIKE '%%low_trust%%')""",
                *(
                    model.sudo()._field_to_sql(alias, name, query)
                    for name in ("partner_id", "company_id")
                ),
                AT_RISK,
                model.sudo()._field_to_sql(alias, "urgency_reasons", query),
            )

        return Domain("step_code", "in", OPEN) & Domain.custom(to_sql=to_sql)

    def _follow_trust(self, now):
        """Patience grows and shrinks with trust, while the complaint is open."""
        self._update_urgency()

    def _get_relationship(self):
        """The customer's relationship with this company, if there is one."""
        return self._get_relationships()[self]

    def _get_relationships(self):
        """{complaint: its customer's relationship with its company}, in one query."""
        relationships = self.env["trust.relationship"]
        found = relationships.search_fetch(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ],
            ["partner_id", "company_id", "as_of", "circle_low", "trust_index"],
            order="id",
        )
        known = {(row.partner_id, row.company_id): row for row in found}
        return {
            complaint: known.get(
                (complaint.partner_id, complaint.company_id), relationships
            )
            for complaint in self
        }
