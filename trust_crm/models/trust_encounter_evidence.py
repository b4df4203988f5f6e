# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.tools import SQL

from .trust_before_commit import before_commit
from .trust_signal_collect import SCOPE_TABLE, CollectScope


class TrustEncounter(models.Model):
    """What the ledger holds about an encounter: one contact, and honest advice.

    The contact is ``human_contact`` in the voice of staff. An encounter made from a
    meeting that the customer accepted says ``meeting_held`` in the meeting's place,
    with its date, voice and employee: writing down how it felt must not make a proven
    meeting into a mere claim of ours. Of two colleagues' encounters at one meeting
    with one person, the first one says it.

    What an encounter was made from falls silent (the detectors leave it out, whenever
    they run) and speaks again when the encounter is deleted.
    """

    _inherit = "trust.encounter"

    # BUSINESS

    @staticmethod
    def _get_speaking_fields():
        """A change of these changes what the ledger must say."""
        return {
            "partner_id",
            "lead_id",
            "user_id",
            "company_id",
            "date",
            "honest_advice",
            "message_id",
            "event_id",
        }

    def _prepare_trust_evidence(self):
        held, told = self._read_held(), self._told_by_another()
        rows = []
        for encounter in self.sudo():
            partner, lead = encounter.partner_id, encounter.lead_id
            if not (partner.partner_share if partner else lead):
                continue
            row = {
                "signal": "human_contact",
                "date": encounter.date,
                "user_id": encounter.user_id.id,
                "company_id": encounter.company_id.id,
                "partner_id": partner.id,
                "lead_id": lead.id,
                "source": encounter,
            }
            if encounter not in told:
                rows.append(row | held.get(encounter.id, {}))
            if encounter.honest_advice:
                rows.append(row | {"signal": "honest_advice"})
        return rows

    def _read_held(self):
        """Return ``{id: what the meeting would say}`` of those made from a held one."""
        made = self.sudo().filtered(lambda e: e.event_id and e.partner_id)
        if not made:
            return {}
        self.env.flush_all()
        signal = self.env["trust.signal"].sudo()
        families = made.partner_id.commercial_partner_id
        scope = CollectScope(self.env, None, fields.Datetime.now(), leads=False)
        rows = self.env.execute_query(
            SQL(
                """
                WITH %(scope)s AS MATERIALIZED (%(customers)s)
                SELECT DISTINCT ON (n.id) n.id, h.date, h.user_id
                  FROM %(met)s
                  JOIN (%(held)s) h ON h.source_id = t.id
                 WHERE n.id IN %(ids)s
              ORDER BY n.id, h.source_id
                """,
                scope=SCOPE_TABLE,
                customers=signal._select_customers(SQL("c.id = ANY(%s)", families.ids)),
                held=signal._select_held_meetings(scope),
                met=signal._select_met(),
                ids=made._ids,
            )
        )
        return {
            id_: {
                "signal": "meeting_held",
                "voice": "system",
                "date": date,
                "user_id": user_id or False,
            }
            for id_, date, user_id in rows
        }

    def _told_by_another(self):
        """Those whose meeting with the same person another, older one tells."""
        made = self.sudo().filtered(lambda e: e.event_id and e.partner_id)
        others = made.search([("event_id", "in", made.event_id.ids)], order="id")
        first = {}
        for other in others:
            first.setdefault((other.event_id, other.partner_id), other)
        return made.filtered(
            lambda e: first.get((e.event_id, e.partner_id), e) != e
        ).with_env(self.env)

    # WHAT IT WAS MADE FROM

    def _get_sources(self):
        """Return (messages, meetings) that these were made from."""
        encounters = self.sudo()
        return encounters.message_id, encounters.event_id

    def _check_sources_readable(self):
        """Nobody silences the evidence of a document that he may not see."""
        if not self.env.su:
            for records in self._get_sources():
                records.with_env(self.env).check_access("read")

    def _settle_sources(self, before=()):
        """Before the commit the ledger says again what the sources say now."""
        messages, events = self._get_sources()
        if before:
            messages, events = messages | before[0], events | before[1]
        if messages:
            before_commit(messages.exists(), "_settle_trust_contact")
        events.exists().attendee_ids._collect_trust_evidence_later()


class MailMessage(models.Model):
    """The message of an activity done is a contact, unless an encounter tells it."""

    _inherit = "mail.message"

    # BUSINESS

    def _settle_trust_contact(self):
        """Make the ledger say what these messages say now.

        What collection has not observed yet is left to it.
        """
        encounters = self.env["trust.encounter"]
        signal = self.env["trust.signal"]._get_by_code("human_contact")
        rows = self.env["trust.evidence"].search(
            [
                ("signal_id", "=", signal.id),
                ("source_model", "=", self._name),
                ("source_id", "in", self.ids),
                ("voids_id", "=", False),
                ("voided_by_ids", "not any", [("void_kind", "=", "auto")]),
            ]
        )
        heard = self.exists()
        if not (signal.active and signal.last_collected):
            heard &= self.browse(rows.mapped("source_id"))
        wanted = []
        if heard:
            partners = rows.partner_id
            for message in heard:
                document = encounters._get_document(message)
                partners |= encounters._get_subject(document)[0]
            wanted = signal._read_documents(heard, partners, leads=True)
        encounters._settle_trust_evidence(wanted, rows)


class TrustSignal(models.Model):
    """The detectors leave out what an encounter tells."""

    _inherit = "trust.signal"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _facts_human_contact(self, scope):
        return SQL(
            """
            SELECT f.* FROM (%s) f
             WHERE NOT EXISTS (
                   SELECT FROM trust_encounter n WHERE n.message_id = f.source_id)
            """,
            super()._facts_human_contact(scope),
        )

    def _facts_meeting_held(self, scope):
        return SQL(
            """
            SELECT f.* FROM (%s) f
             WHERE NOT EXISTS (SELECT FROM %s WHERE t.id = f.source_id)
            """,
            super()._facts_meeting_held(scope),
            self._select_met(),
        )

    def _select_met(self):
        """FROM attendees ``t`` and the encounters ``n`` with them at their meeting.

        One about the company as a whole speaks for all its people who were there.
        """
        return SQL(
            """calendar_attendee t
               JOIN res_partner q ON q.id = t.partner_id
               JOIN trust_encounter n ON n.event_id = t.event_id
                    AND n.partner_id IN (q.id, q.commercial_partner_id)"""
        )
