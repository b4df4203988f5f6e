# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

CONTENT = (
    "signal_id",
    "date",
    "magnitude",
    "voice",
    "partner_id",
    "lead_id",
    "user_id",
    "company_id",
    "source_model",
    "source_id",
    "source_key",
    "note",
)
GIVEN = {
    "signal",
    "partner_id",
    "lead_id",
    "date",
    "company_id",
    "user_id",
    "voice",
    "magnitude",
    "source",
    "source_key",
    "note",
}
AHEAD = timedelta(minutes=5)


class TrustEvidence(models.Model):
    """Recording: with voiding the only way into the ledger besides collection."""

    _inherit = "trust.evidence"

    # BUSINESS

    @api.model
    def _record(self, vals_list):
        """Record facts; the same fact again is found, not repeated.

        :param vals_list: dicts with ``signal`` (code), ``partner_id`` or ``lead_id``,
            ``date`` (UTC datetime of the fact), ``source`` (record or (model, id))
            and/or ``source_key``; optional ``company_id`` (False: every company),
            ``user_id``, ``voice``, ``magnitude`` (0 < m <= 1), ``note``
        :return: the rows, in order, existing ones included
        :raises ValueError: for a fact that cannot be one; nothing is recorded then
        """
        rows = [self._prepare_row(vals) for vals in vals_list]
        subjects = {row["partner_id"] for row in rows if row["partner_id"]}
        self.env["res.partner"].sudo().browse(subjects)._check_trust_subject()
        known = self._find_keys(rows)
        fresh = {}
        for row in rows:
            key = self._key_of(row)
            if key in known:
                self._check_same_subject(row, known[key])
            elif key in fresh:
                self._check_same_subject(row, fresh[key])
            else:
                fresh[key] = row
        ids = {key: info["id"] for key, info in known.items()}
        ids |= self._insert_rows(list(fresh.values()))
        return self.browse([ids[self._key_of(row)] for row in rows])

    @staticmethod
    def _key_of(row):
        return tuple(
            row[c] for c in ("signal_id", "source_model", "source_id", "source_key")
        )

    def _prepare_row(self, vals):
        """Return the columns of one fact, checked and completed."""
        unknown = vals.keys() - GIVEN
        if unknown:
            raise ValueError(f"Unknown keys of evidence: {', '.join(sorted(unknown))}")
        signal = self.env["trust.signal"]._get_by_code(vals.get("signal"))
        model, res_id, key = self._prepare_source(vals)
        partner, lead = self._prepare_subject(vals)
        user_id = vals.get("user_id") or None
        return {
            "signal_id": signal.id,
            "date": self._prepare_date(vals),
            "magnitude": self._prepare_magnitude(vals),
            "voice": self._prepare_voice(vals, signal),
            "partner_id": partner.id or None,
            "lead_id": lead.id or None,
            "user_id": user_id,
            "company_id": self._prepare_company(vals, partner, lead, user_id),
            "source_model": model,
            "source_id": res_id,
            "source_key": key,
            "note": vals.get("note") or None,
        }

    def _prepare_source(self, vals):
        source, key = vals.get("source"), vals.get("source_key") or ""
        if isinstance(source, models.BaseModel):
            source = (source._name, source.id) if len(source) == 1 else None
        model, res_id = source or ("", 0)
        if not res_id and not key:
            raise ValueError("Evidence needs a source record or a source key.")
        return model, int(res_id), str(key)

    def _prepare_subject(self, vals):
        """Return (partner, lead): a lead with a customer speaks about the customer."""
        partner = self.env["res.partner"].browse(vals.get("partner_id") or ()).sudo()
        lead = self.env["crm.lead"].browse(vals.get("lead_id") or ()).sudo()
        partner = partner or lead.partner_id
        if not partner and not lead:
            raise ValueError("Evidence needs a customer or a lead.")
        return partner, lead

    def _prepare_date(self, vals):
        date = fields.Datetime.to_datetime(vals.get("date"))
        if not date:
            raise ValueError("Evidence needs the date of the fact.")
        if date > fields.Datetime.now() + AHEAD:
            raise ValueError(f"The fact lies in the future: {date} UTC.")
        return date.replace(microsecond=0)  # as refreshes count time

    def _prepare_magnitude(self, vals):
        magnitude = vals.get("magnitude")
        magnitude = 1.0 if magnitude is None else float(magnitude)
        if not 0 < magnitude <= 1:
            raise ValueError(f"A magnitude lies above 0 and up to 1, not {magnitude}.")
        return magnitude

    def _prepare_voice(self, vals, signal):
        voice = vals.get("voice") or signal.voice
        if voice not in dict(self._fields["voice"].selection):
            raise ValueError(f"Unknown voice: {voice}.")
        return voice

    def _prepare_company(self, vals, partner, lead, user_id):
        """Return given > source > lead > partner > employee > the main company.

        A scheduled job's active company says nothing about the fact, so it is used
        only for a person at work.
        """
        if "company_id" in vals and vals["company_id"] is not None:
            return vals["company_id"] or None
        source = vals.get("source")
        owner = source if isinstance(source, models.BaseModel) else lead
        if "company_id" not in owner._fields:
            owner = lead
        company = (
            owner.sudo().company_id
            or lead.company_id
            or partner.company_id
            or self.env["res.users"].sudo().browse(user_id or ()).company_id
        )
        if not company and not self.env.su:
            company = self.env.company
        return company[:1].id or self._main_company_id()

    @api.model
    def _main_company_id(self):
        """Return the company that facts without any other hint belong to."""
        return self.env["res.company"].sudo().search([], order="id", limit=1).id

    def _find_keys(self, rows):
        """Return ``{key: row}`` of facts that stand: live, or voided by a person."""
        if not rows:
            return {}
        keys = SQL(", ").join(
            SQL("(%s::int, %s, %s::int, %s)", *self._key_of(row)) for row in rows
        )
        found = self.env.execute_query_dict(
            SQL(
                """SELECT e.id, e.signal_id, e.source_model, e.source_id, e.source_key,
                          e.partner_id, e.lead_id
                     FROM trust_evidence e
                     LEFT JOIN trust_evidence v ON v.voids_id = e.id
                    WHERE e.voids_id IS NULL AND v.void_kind IS DISTINCT FROM 'auto'
                      AND (e.signal_id, e.source_model, e.source_id, e.source_key)
                          IN (%s)""",
                keys,
            )
        )
        return {self._key_of(row): row for row in found}

    def _check_same_subject(self, row, other):
        same = (
            row["partner_id"] == other["partner_id"]
            if row["partner_id"] or other["partner_id"]
            else row["lead_id"] == other["lead_id"]
        )
        if not same:
            raise ValueError(
                "This fact is already recorded about somebody else: "
                f"{row['source_model']} {row['source_id']} {row['source_key']}"
            )

    def _insert_rows(self, rows):
        """Insert facts and queue their subjects in one statement; return key -> id."""
        if not rows:
            return {}
        self.env.flush_all()
        values = SQL(", ").join(
            SQL(
                "(%s::int, %s::timestamp, %s::float8, %s, %s::int, %s::int, %s::int,"
                " %s::int, %s, %s::int, %s, %s)",
                *(row[c] for c in CONTENT),
            )
            for row in rows
        )
        found = self.env.execute_query(
            SQL(
                """
                WITH given AS (SELECT * FROM (VALUES %(values)s) AS k (%(columns)s)),
                new AS (
                    INSERT INTO trust_evidence (%(columns)s, version, create_date,
                                                create_uid)
                    SELECT k.*, (
                               SELECT count(*) FROM trust_evidence o
                                WHERE o.signal_id = k.signal_id
                                  AND o.source_model = k.source_model
                                  AND o.source_id = k.source_id
                                  AND o.source_key = k.source_key
                                  AND o.voids_id IS NULL),
                           now() at time zone 'UTC', %(uid)s
                      FROM given k
                        ON CONFLICT DO NOTHING
                    RETURNING id, %(columns)s),
                queued AS (%(queue)s RETURNING id)
                SELECT signal_id, source_model, source_id, source_key, new.id, NULL
                  FROM new
                 UNION ALL
                SELECT NULL, NULL, NULL, NULL, NULL, id FROM queued
                """,
                values=values,
                columns=SQL(", ").join(map(SQL.identifier, CONTENT)),
                uid=self.env.uid,
                queue=self._queue_insert(SQL("new"), "evidence"),
            )
        )
        self.invalidate_model(["voided_by_ids", "state"])
        self.env["trust.queue"]._refresh_after_commit([r[5] for r in found if r[5]])
        return {tuple(r[:4]): r[4] for r in found if r[4]}

    @staticmethod
    def _queue_insert(source, reason):
        """Return the INSERT that queues the subjects of evidence rows ``source``."""
        return SQL(
            """INSERT INTO trust_queue (partner_id, lead_id, company_id, reason,
                                        create_date, not_before)
               SELECT partner_id, CASE WHEN partner_id IS NULL THEN lead_id END,
                      company_id, %s, now() at time zone 'UTC',
                      CASE WHEN min(date) > now() at time zone 'UTC' THEN min(date) END
                 FROM %s
                WHERE partner_id IS NOT NULL OR lead_id IS NOT NULL
                GROUP BY 1, 2, 3""",
            reason,
            source,
        )
