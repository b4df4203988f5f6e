# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from dataclasses import dataclass, field
from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# In the order in which a person works through them; a section whose part of the app
# is not there has no method.
SECTIONS = (
    "crises",
    "promises",
    "contacts",
    "occasions",
    "complaints",
    "leads",
    "proposals",
    "moved",
)
MEMBERS = "trust_crm.group_trust_user"
LIMIT = 200
MINUTES_STEP = 5


@dataclass
class Day:
    """For whom, when, and what that person put aside: ``{(kind, id)}``."""

    now: datetime
    today: date
    limit: int
    aside: set = field(default_factory=set)


class TrustToday(models.AbstractModel):
    """The page a salesperson opens every morning: all that is due, in one call.

    A section is a method ``_section_<name>(day)`` in a file of its own; its items name
    their actions, which :meth:`act` finds as ``_act_<kind>_<action>``. Everything is
    read with the rights of the reader, so nothing shows here that a list would hide.
    """

    _name = "trust.today"
    _description = "Today"

    # ACTIONS

    @api.model
    @api.readonly
    def get_today(self, limit=LIMIT):
        """Return the page: head, sections and the evening line, as JSON values.

        :param int limit: items of one section at most; ``total`` counts all
        """
        self._check_member()
        day = self._get_day(limit)
        sections = []
        for name in SECTIONS:
            method = getattr(self, f"_section_{name}", None)
            section = method(day) if method else None
            if section:
                sections.append({"name": name, **section})
        self._add_rings([item for part in sections for item in part["items"]])
        return {
            "name": self.env.user.name,
            "date": str(day.today),
            "sections": sections,
            "summary": [part["summary"] for part in sections if part["total"]],
            "minutes": self._count_minutes(sections),
            "aside": len(day.aside),
            "reflections": self._get_reflections(day),
        }

    @api.model
    def act(self, kind, res_id, action):
        """Do what one item offers.

        :return: ``{"message": what was done, "undo": [kind, id, action] or False}``,
            or ``{"open": an action to show in place}``
        """
        self._check_member()
        words = f"{kind}_{action}"
        method = getattr(self, f"_act_{words}", None) if words.isidentifier() else None
        if not method:
            raise UserError(self.env._("Nothing of the kind can be done here."))
        return method(int(res_id))

    # BUSINESS

    def _check_member(self):
        if not self.env.user.has_group(MEMBERS):
            raise AccessError(self.env._("Today is for users of Trust."))

    def _get_day(self, limit):
        now = fields.Datetime.now()
        return Day(
            now=now,
            today=fields.Datetime.context_timestamp(self, now).date(),
            limit=max(1, min(int(limit), LIMIT)),
            aside=self.env["trust.today.aside"]._get_aside(),
        )

    def _get_topics(self, partners):
        """Something worth talking about with each of ``partners``.

        What is remembered of a person, or still needed, adds its own.

        :return: ``{partner id: [words]}``, the best first, as the reader may see them
        """
        return {partner.id: [] for partner in partners}

    def _get_page(self, model, domain, day, kind, order=None):
        """The records of a section without those put aside, and how many there are."""
        hidden = [res_id for of_kind, res_id in day.aside if of_kind == kind]
        if hidden:
            domain = domain & Domain("id", "not in", hidden)
        records = self.env[model].search(domain, order=order, limit=day.limit + 1)
        if len(records) <= day.limit:
            return records, len(records)
        return records[: day.limit], self.env[model].search_count(domain)

    @staticmethod
    def _prepare_item(kind, record, **values):
        """One line of the page.

        :param who: the customer's name; ``what``: the matter, in few words
        :param reason: why it is here, a sentence without a full stop
        :param tag: ``(text, tone)``; tones are late, soon and ok
        :param partner, lead: whose ring is shown
        :param actions: ``[(name, label)]``, the first one is the main one
        """
        tag, tone = values.pop("tag", None) or ("", "ok")
        actions = values.pop("actions", ())
        partner, lead = values.pop("partner", None), values.pop("lead", None)
        return {
            "key": f"{kind}-{record.id}",
            "kind": kind,
            "model": record._name,
            "res_id": record.id,
            "what": "",
            "reason": "",
            **values,
            "tag": tag,
            "tone": tone,
            "partner_id": partner.id if partner else False,
            "lead_id": lead.id if lead else False,
            "actions": [{"name": name, "label": label} for name, label in actions],
        }

    def _add_rings(self, items):
        """Give every item the ring of its customer: one query for all."""
        partners = {item["partner_id"] for item in items} - {False}
        leads = {item["lead_id"] for item in items} - {False}
        domain = Domain("company_id", "=", self.env.company.id) & (
            Domain("partner_id", "in", list(partners))
            | Domain("lead_id", "in", list(leads))
        )
        names = ("partner_id", "lead_id", "trust_index", "index_sd", "band")
        found = {}
        if partners or leads:
            rows = self.env["trust.relationship"].search_fetch(domain, names)
            for row in rows:
                found[row._ring_key()] = row._prepare_ring()
        for item in items:
            partner, lead = item["partner_id"], item["lead_id"]
            key = ("partner", partner) if partner else ("lead", lead)
            item["ring"] = found.get(key, {"index": False, "band": False, "sd": 0})

    @staticmethod
    def _count_minutes(sections):
        """About how long all that takes, rounded up to five minutes."""
        minutes = sum(part["total"] * part["minutes"] for part in sections)
        return -(-minutes // MINUTES_STEP) * MINUTES_STEP

    def _say_day(self, day, due):
        """(words, tone) of a day seen from today."""
        days = (due - day.today).days
        if days < -1:
            return self.env._("%(days)s days late", days=-days), "late"
        if days > 1:
            return self.env._("in %(days)s days", days=days), "ok"
        return {
            -1: (self.env._("1 day late"), "late"),
            0: (self.env._("today"), "soon"),
            1: (self.env._("tomorrow"), "ok"),
        }[days]

    @staticmethod
    def _join(*words):
        """Facts in a row, empty ones left out."""
        return " · ".join(word for word in words if word)

    @staticmethod
    def _done(message, undo=False):
        return {"message": message, "undo": undo, "open": False}

    @staticmethod
    def _open(action):
        return {"message": "", "undo": False, "open": action}


class TrustRelationship(models.Model):
    """What a ring needs to know of a relationship."""

    _inherit = "trust.relationship"

    def _ring_key(self):
        if self.partner_id:
            return ("partner", self.partner_id.id)
        return ("lead", self.lead_id.id)

    def _prepare_ring(self):
        return {"index": self.trust_index, "band": self.band, "sd": self.index_sd}
