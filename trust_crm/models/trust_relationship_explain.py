# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import trust_equation as equation
from . import trust_explain_sql as explain_sql
from .trust_statement import as_text, run_prepared

DAY = timedelta(days=1)
REASONS = 5
EVER = datetime(1, 1, 1)


@dataclass
class Explanation:
    """One reading of the ledger: the score of a time, and what each signal does to it.

    ``effects``: rows (signal_id, count, effect, on_c .. on_s, row), largest first;
    ``heard``: ids of signals with a live row, weighed or not; ``lent``: the lender's
    masses, or None.
    """

    index: float
    first_date: datetime | None
    masses: dict
    lent: dict | None
    heard: list
    effects: list


class TrustRelationship(models.Model):
    """Explaining a score (C11, C12): effects from the same fold."""

    _inherit = "trust.relationship"  # pylint: disable=consider-merging-classes-inherited

    # ACTIONS

    @api.readonly
    def get_trust_movement(self, date_from, date_to):
        """Return what moved the index between two UTC datetimes.

        :return: dict ``index_from``, ``index_to``, ``reasons_up``, ``reasons_down``
            (rows of the window) and ``fading`` (the rest: evidence losing weight)
        """
        self.ensure_one()
        self.check_access("read")
        start = fields.Datetime.to_datetime(date_from)
        end = fields.Datetime.to_datetime(date_to)
        if not start or not end or start >= end:
            raise UserError(self.env._("Choose a period that ends after it begins."))
        before = self._explain(start, since=start).index
        found = self._explain(end, since=start)
        return {
            "index_from": before,
            "index_to": found.index,
            **self._tell_reasons(found.effects),
            "fading": found.index - before - sum(e["effect"] for e in found.effects),
        }

    # BUSINESS

    def _policy(self):
        return self._policy_of(self.company_id.id)

    def _explain(self, at=None, since=None):
        """Return the :class:`Explanation` at a UTC datetime (now).

        The effect of a signal is the index minus the index without its rows dated
        after ``since``, at the same age. Row by row, seventeen purchases would seem to
        do next to nothing: the others saturate what one adds.
        """
        self.ensure_one()
        self.env.flush_all()
        subject = self.partner_id.sudo()
        borrows = subject.commercial_partner_id != subject or bool(
            self.sudo().lender_partner_id
        )
        text = self._explain_text(self._policy().id, borrows)
        types = ("int", "timestamp", "timestamp")
        at = at or fields.Datetime.now()
        rows = run_prepared(self.env, text, types, self.id, at, since or EVER)
        columns = explain_sql.COLUMNS
        return self._prepare_explanation(
            [dict(zip(columns, row, strict=True)) for row in rows]
        )

    @staticmethod
    def _prepare_explanation(rows):
        score = rows[0]
        effects = [row for row in rows if row["signal_id"]]
        return Explanation(
            index=score["trust_index"],
            first_date=score["first_date"],
            masses=explain_sql.masses(score),
            lent=explain_sql.masses(score, "l") if score["borrows"] else None,
            heard=score["heard"] or [],
            effects=sorted(effects, key=lambda row: (-row["effect"], row["signal_id"])),
        )

    @api.model
    @tools.ormcache("policy_id", "borrows")
    def _explain_text(self, policy_id, borrows):
        """Return the statement to prepare: relationship $1 at $2, effects since $3."""
        policy = self.env["trust.policy"].sudo().browse(policy_id)
        rel = SQL("$1::int")
        scope = SQL("r.id = %s", rel)
        if borrows:
            lender = self._is_lender_of(SQL("ARRAY[%s]", rel))
            scope = SQL("(%s OR %s)", scope, lender)
        sql = explain_sql.explanation(
            rel,
            scope,
            policy._parameters(),
            policy._weights(),
            SQL("$2::timestamp"),
            SQL("$3::timestamp"),
            borrows,
        )
        return as_text(self.env, sql)

    def _outlook(self, found, days):
        """Return the index in ``days`` days if nothing happens."""
        policy = self._policy()._parameters()
        fade = equation.decay(days, policy.half_life)
        prior = None
        if found.lent is not None:
            prior = equation.lend({k: x * fade for k, x in found.lent.items()}, policy)
        later = fields.Datetime.now() + timedelta(days=days)
        age = (later - found.first_date) / DAY if found.first_date else 0.0
        faded = {k: x * fade for k, x in found.masses.items()}
        return equation.score(faded, age, prior, policy).index

    def _tell_reasons(self, effects):
        """Return the largest up and down of sorted effects, for the reader."""
        shown = self._sort_reasons(effects)
        up, down = shown["reasons_up"], shown["reasons_down"]
        reasons = self._describe_reasons(up + down)
        return {
            "reasons_up": reasons[: len(up)],
            "reasons_down": reasons[len(up) :],
        }

    @staticmethod
    def _sort_reasons(reasons, most=REASONS):
        """Return the largest up and down of reasons sorted by ``effect``."""
        return {
            "reasons_up": [r for r in reasons if r["effect"] > 0][:most],
            "reasons_down": [r for r in reasons[::-1] if r["effect"] < 0][:most],
        }

    def _describe_reasons(self, effects):
        """Return reasons as dicts; a record the reader may not see is not named."""
        ledger = self.env["trust.evidence"].sudo()
        rows = ledger.browse(effect["row"] for effect in effects)
        documents = rows.sudo(False)._readable_documents()
        reasons = []
        for effect, row in zip(effects, rows, strict=True):
            document = documents.get(row.id)
            reasons.append(
                {
                    "signal": row.signal_id.code,
                    "signal_id": row.signal_id.id,
                    "label": row.signal_id.name,
                    "meaning": row.signal_id._say_meaning(),
                    "count": effect["count"],
                    "effect": effect["effect"],
                    "date": fields.Datetime.to_string(row.date),
                    "model": document._name if document else False,
                    "res_id": document.id if document else False,
                    "name": bool(document) and row._document_title(document),
                    "can_open": bool(document),
                }
            )
        return reasons
