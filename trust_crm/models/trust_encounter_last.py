# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL, format_date

STRONG = 4


class TrustEncounter(models.Model):
    """The last strong bad feeling: the first thing that the next colleague sees (H7).

    * Strong is 4 or 5; what a complaint noted while listening counts as 4.
    * It is healed by any good feeling felt later: of the same person, of the company
      as a whole, or, where it was the company's, of any of its people. "Later" within
      one encounter is the next stage. A complaint heals when its customer says that
      trust is back.
    * A company shows what any of its people felt; a person what they or their company
      felt, not what a colleague of theirs did.
    """

    _inherit = "trust.encounter"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    @api.model
    def _last_strong_feeling(self, partners):
        """Return ``{partner id: feeling}`` of those with one that is not healed.

        :param partners: any; read with the rights of the reader, in one query
        :return: dicts with ``sentence``, ``feeling``, ``emoji``, ``strength``, and of
            the encounter or complaint ``date``, ``res_model`` and ``res_id``
        """
        if not partners or not self.has_access("read"):
            return {}
        self.env.flush_all()
        rows = self.env.execute_query_dict(self._select_last_strong(partners))
        return {row["subject_id"]: self._prepare_last(row, rows) for row in rows}

    def _select_last_strong(self, partners):
        return SQL(
            """
            WITH subject AS (
                SELECT id, commercial_partner_id AS family
                  FROM res_partner WHERE id IN %(partners)s),
            felt AS MATERIALIZED (%(felt)s)
            SELECT DISTINCT ON (s.id) s.id AS subject_id, b.*
              FROM subject s
              JOIN felt b ON b.family = s.family
                   AND (s.id = s.family OR b.partner_id IN (s.id, s.family))
             WHERE b.tone = 'bad' AND b.strength >= %(strong)s AND b.readable
               AND NOT EXISTS (
                   SELECT FROM felt g
                    WHERE g.family = b.family AND g.tone = 'good'
                      AND (g.date, g.stage) > (b.date, b.stage)
                      AND (g.partner_id IN (b.partner_id, b.family)
                           OR b.partner_id = b.family))
          ORDER BY s.id, b.date DESC, b.stage DESC, b.strength DESC, b.res_id DESC
            """,
            partners=partners._ids,
            felt=self._select_felt(),
            strong=STRONG,
        )

    def _select_felt(self):
        """SELECT of what the families of ``subject`` felt, in encounters, complaints.

        Healing is a fact, whether or not the reader may see what healed.
        """
        complaints = self.env["trust.complaint"]
        return SQL(
            """
            SELECT p.id AS partner_id, p.commercial_partner_id AS family, n.date,
                   array_position(ARRAY['before', 'during', 'after'],
                                  f.stage::text) AS stage,
                   f.tone, f.strength, f.feeling_id, 'trust.encounter' AS res_model,
                   n.id AS res_id, n.id IN %(encounters)s AS readable
              FROM trust_encounter n
              JOIN trust_encounter_feeling f ON f.encounter_id = n.id
              JOIN res_partner p ON p.id = n.partner_id
             WHERE p.commercial_partner_id IN (SELECT family FROM subject)
             UNION ALL
            SELECT p.id, p.commercial_partner_id, c.received_date, 2, l.tone,
                   %(strong)s, l.id, 'trust.complaint', c.id, c.id IN %(complaints)s
              FROM trust_complaint c
              JOIN trust_complaint_trust_feeling_rel r ON r.trust_complaint_id = c.id
              JOIN trust_feeling l ON l.id = r.trust_feeling_id
              JOIN res_partner p ON p.id = c.partner_id
             WHERE p.commercial_partner_id IN (SELECT family FROM subject)
               AND l.tone = 'bad' AND c.recovered <> 'yes'
            """,
            encounters=self._search([]).subselect(),
            complaints=complaints._search([]).subselect(),
            strong=STRONG,
        )

    def _prepare_last(self, row, rows):
        """The feeling in words; ``rows`` are read together."""
        feeling = self._browse_among(row, rows, "trust.feeling", "feeling_id")
        source = self._browse_among(row, rows, row["res_model"], "res_id")
        whose = self._browse_among(row, rows, "res.partner", "partner_id")
        name = " ".join(filter(None, (feeling.emoji, feeling.name)))
        if source._name == self._name:
            where = source.display_name
            name = self.env._(
                "%(feeling)s, %(strength)s of 5", feeling=name, strength=row["strength"]
            )
        else:
            day = fields.Datetime.context_timestamp(self, row["date"]).date()
            where = self.env._(
                "Complaint %(name)s of %(date)s",
                name=source.name,
                date=format_date(self.env, day),
            )
        who = whose.name if whose.id != row["subject_id"] else ""
        return {
            "sentence": " · ".join(filter(None, (name, who, where))),
            "feeling": feeling.name,
            "emoji": feeling.emoji or "",
            "strength": row["strength"],
            "date": row["date"],
            "res_model": row["res_model"],
            "res_id": row["res_id"],
        }

    def _browse_among(self, row, rows, model, column):
        ids = [one[column] for one in rows if one["res_model"] == row["res_model"]]
        return self.env[model].browse(row[column]).with_prefetch(ids)
