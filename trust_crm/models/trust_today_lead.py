# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

NEW_DAYS = 30
# The others follow once these are answered, and the list has them all.
SHOWN = 20
LATE = timedelta(hours=24)


class TrustToday(models.AbstractModel):
    """New leads that nobody has answered yet: the first impression (S21)."""

    _inherit = "trust.today"

    def _section_leads(self, day):
        since = day.now - timedelta(days=NEW_DAYS)
        domain = (
            Domain("user_id", "=", self.env.uid)
            & Domain("won_status", "=", "pending")
            & Domain("create_date", ">=", since)
            & Domain("company_id", "in", [*self.env.companies.ids, False])
        )
        hidden = [res_id for kind, res_id in day.aside if kind == "lead"]
        new = self.env["crm.lead"].search(domain, order="create_date, id")
        waiting = new - self._filter_answered(new)
        waiting = waiting.filtered(lambda lead: lead.id not in hidden)
        total = len(waiting)
        shown = waiting[: min(day.limit, SHOWN)]
        return {
            "title": self.env._("New leads to answer"),
            "empty": self.env._("Every new lead has had a first answer."),
            "summary": self.env._("1 new lead")
            if total == 1
            else self.env._("%(count)s new leads", count=total),
            "minutes": 10,
            "total": total,
            "all": "crm.crm_lead_all_leads",
            "items": [self._prepare_lead(lead, day) for lead in shown],
        }

    def _filter_answered(self, leads):
        """Those that a person wrote to, called or met since they came."""
        if not leads:
            return leads
        signal = self.env["trust.signal"].sudo()
        self.env["mail.message"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT l.id
                  FROM crm_lead l
                  JOIN mail_message m ON m.model = 'crm.lead' AND m.res_id = l.id
                                     AND m.date >= l.create_date
                  JOIN (%(staff)s) u ON u.partner_id = m.author_id
             LEFT JOIN mail_message_subtype t ON t.id = m.subtype_id
                 WHERE l.id IN %(leads)s
                   AND (%(by_person)s OR m.mail_activity_type_id IN (%(types)s))
                """,
                staff=signal._select_staff(),
                leads=leads._ids,
                by_person=signal._is_written_by_person("m", "t"),
                types=signal._select_contact_types(),
            )
        )
        return leads.browse([row[0] for row in rows])

    def _prepare_lead(self, lead, day):
        waited = day.now - lead.create_date
        since = fields.Datetime.context_timestamp(self, lead.create_date)
        return self._prepare_item(
            "lead",
            lead,
            who=lead.contact_name
            or lead.partner_name
            or lead.partner_id.display_name
            or lead.name,
            what=lead.name,
            reason=self.env._("waiting for a first answer since %s", f"{since:%H:%M}")
            if since.date() == day.today
            else self.env._("waiting for a first answer"),
            tag=(self._say_waited(waited), "late" if waited > LATE else "soon"),
            partner=lead.partner_id,
            lead=lead,
            actions=[
                ("answer", self.env._("Answer")),
                ("aside", self.env._("Not today")),
            ],
        )

    def _say_waited(self, waited):
        hours = int(waited.total_seconds() // 3600)
        if hours >= 48:
            return self.env._("%(number)s d", number=hours // 24)
        if hours:
            return self.env._("%(number)s h", number=hours)
        return self.env._("%(number)s min", number=int(waited.total_seconds() // 60))

    # ACTIONS

    def _act_lead_answer(self, res_id):
        """A mail to the lead, written here."""
        lead = self.env["crm.lead"].browse(res_id)
        lead.check_access("write")
        return self._open(
            {
                "type": "ir.actions.act_window",
                "name": self.env._("Answer %s", lead.display_name),
                "res_model": "mail.compose.message",
                "views": [[False, "form"]],
                "target": "new",
                "context": {
                    "default_model": "crm.lead",
                    "default_res_ids": lead.ids,
                    "default_composition_mode": "comment",
                    "default_subject": lead.name,
                    "default_partner_ids": lead.partner_id.ids,
                },
            }
        )
