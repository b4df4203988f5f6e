# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .trust_complaint_step import OPEN
from .trust_promise import UNFULFILLED

LISTED = 3
QUESTIONS = 3


class TrustToday(models.AbstractModel):
    """The caller card (S22): what to know before the phone is answered.

    Read with the rights of the reader: who may not see a relationship gets the card
    without it.
    """

    _inherit = "trust.today"

    @api.model
    @api.readonly
    def get_caller_card(self, partner_id, lead_id=False):
        """Return who it is, our history in three lines, what is open, what to ask.

        :param int partner_id: the customer; empty when it is a lead without one
        """
        self._check_member()
        lead = self.env["crm.lead"].browse(lead_id or ())
        partner = self.env["res.partner"].browse(partner_id or ()) or lead.partner_id
        subject = partner or lead
        subject.check_access("read")
        relationship = self._get_caller_relationship(subject)
        card = {
            **self._prepare_found(subject),
            "email": (partner.email or lead.email_from) or "",
            "owner": subject.user_id.sudo().name or "",
            "model": subject._name,
            "res_id": subject.id,
            "feeling": self._get_caller_feeling(partner),
            "promises": self._get_caller_promises(subject),
            "complaints": self._get_caller_complaints(partner),
        }
        card["history"] = self._get_caller_history(subject, relationship)
        questions = self._get_caller_questions(subject, relationship, card)
        card["questions"] = list(dict.fromkeys(questions))[:QUESTIONS]
        self._add_rings([card])
        return card

    # BUSINESS

    def _get_caller_relationship(self, subject):
        link = "lead_id" if subject._name == "crm.lead" else "partner_id"
        return self.env["trust.relationship"].search(
            [(link, "=", subject.id), ("company_id", "=", self.env.company.id)], limit=1
        )

    def _get_caller_people(self, partner):
        """The person and the company behind: what we owe one we owe the other."""
        return Domain("partner_id", "in", (partner | partner.commercial_partner_id).ids)

    def _get_caller_feeling(self, partner):
        """The last strong bad feeling nobody has healed yet, or False."""
        if not partner or "trust.encounter" not in self.env:
            return False
        return self.env["trust.encounter"]._last_strong_feeling(partner).get(partner.id)

    def _get_caller_promises(self, subject):
        domain = Domain("state", "in", UNFULFILLED)
        if subject._name == "crm.lead":
            domain &= Domain("lead_id", "=", subject.id)
        else:
            domain &= self._get_caller_people(subject)
        day = self._get_day(LISTED)
        found = self.env["trust.promise"].search(domain, limit=LISTED)
        return [
            {
                "id": promise.id,
                "name": promise.name,
                "theirs": promise.direction == "theirs",
                "tag": self._say_day(day, promise.date_deadline)[0],
                "tone": self._say_day(day, promise.date_deadline)[1],
            }
            for promise in found
        ]

    def _get_caller_complaints(self, partner):
        if not partner:
            return []
        domain = Domain("step_code", "in", OPEN) & self._get_caller_people(partner)
        found = self.env["trust.complaint"].search(domain, limit=LISTED)
        return [
            {
                "id": complaint.id,
                "name": complaint.name,
                "subject": complaint.subject,
                "tag": complaint.step_id.name,
                "tone": "late" if complaint.deadline_chip == "breached" else "soon",
            }
            for complaint in found
        ]

    # HISTORY

    def _get_caller_history(self, subject, relationship):
        """Three lines: since when, the last contact, the last thing that counted."""
        if not relationship.evidence_count:
            return [self.env._("Nothing is known of our history yet.")]
        lines = [self._say_known(relationship), self._say_contact(relationship)]
        lines += self._say_last_facts(
            relationship, LISTED - len(list(filter(None, lines)))
        )
        return [line for line in lines if line]

    def _say_known(self, relationship):
        return self._join(
            relationship.first_date
            and self.env._(
                "Known since %s", relationship._say_month(relationship.first_date)
            ),
            relationship.circle_id.name,
            relationship.stage_id.name,
        )

    def _say_contact(self, relationship):
        return relationship._say_contact(by=True)

    def _say_last_facts(self, relationship, count):
        rows = self.env["trust.evidence"].search(
            relationship._get_evidence_domain()
            & Domain("state", "=", "live")
            & Domain("signal_id.is_contact", "=", False),
            limit=count,
        )
        return [
            self.env._(
                "%(what)s on %(date)s",
                what=row.signal_id.name,
                date=format_date(self.env, row.date.date()),
            )
            for row in rows
        ]

    # QUESTIONS

    def _get_caller_questions(self, subject, relationship, card):
        """Questions worth asking, most pressing first; the last ones always fit."""
        for complaint in card["complaints"]:
            yield self.env._(
                "“%s”: what matters most to you now?", complaint["subject"]
            )
        for promise in card["promises"]:
            if not promise["theirs"]:
                yield self.env._("“%s”: does that day still suit you?", promise["name"])
        if not relationship.evidence_count:
            yield self.env._("How did you find us?")
        yield from self._get_need_questions(subject)
        yield self.env._("What has changed for you since we last spoke?")
        yield self.env._("What one thing could we do better?")
        yield self.env._("What should we know that we have not asked?")
