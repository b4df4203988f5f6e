# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import SQL

from ..tools import feedback_scale
from .trust_feedback import PERCEIVED, SCORES, WORDS, YEARLY

CORRECTION = timedelta(hours=24)
LONGEST = 4000


class TrustFeedback(models.Model):
    """Answering: the first confirmed answer counts; its browser may correct it."""

    _inherit = "trust.feedback"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _get_asked(self):
        """Names of the fields that this request asks for."""
        self.ensure_one()
        asked = ["overall", *PERCEIVED, "interest", *WORDS]
        return asked + list(YEARLY) if self.asks_yearly else asked

    def _read_answers(self, given):
        """(values of the fields asked for, names that lack an answer) of a form.

        Anything may come: what is not asked for is ignored, what is no answer is none.
        """
        values = {}
        for name in self._get_asked():
            text = given.get(name)
            text = text if isinstance(text, str) else ""
            if name in SCORES:
                values[name] = int(text) if text in ("1", "2", "3", "4", "5") else 0
            else:
                values[name] = self._clean_words(text)
        if values["overall"] == feedback_scale.BEST:
            values["make_it_five"] = False
        return values, [] if values["overall"] else ["overall"]

    @staticmethod
    def _clean_words(text):
        """Words as typed, at most 4,000, without what a database cannot hold."""
        text = text.encode("utf-8", "replace").decode().replace("\r\n", "\n")
        kept = (c for c in text if c in "\n\t" or (c >= " " and c != "\x7f"))
        return "".join(kept).strip()[:LONGEST] or False

    def _answer(self, values, corrects=False):
        """Take a confirmed answer; sudo, called by the page.

        :param values: from :meth:`_read_answers`
        :param corrects: the browser session that gave the first answer asks
        :return: whether the answer stands as given
        """
        self.ensure_one()
        self._lock_answer()
        now = fields.Datetime.now()
        if self.state == "answered":
            if not corrects or not self._is_correctable(now):
                return False
            if all((self[name] or False) == (values[name] or False) for name in values):
                return True
            self.write(values | {"date_corrected": now})
        elif self.state == "sent":
            self.write(values | {"state": "answered", "date_answered": now})
        else:
            return False
        self._after_answer()
        return True

    def _lock_answer(self):
        """One answer at a time; who waited sees in the next attempt what was given."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "SELECT id FROM trust_feedback WHERE id = %s FOR NO KEY UPDATE", self.id
            )
        )
        self.invalidate_recordset()

    def _is_correctable(self, now):
        return bool(self.date_answered and now < self.date_answered + CORRECTION)

    def _after_answer(self):
        """Everything that an answer sets off, in its own transaction."""
        self._note_habit()
        self._tell_answer()
        self._follow_up()
        self._collect_trust_evidence()
        if self.kind == "recovery" and self.complaint_id:
            self.complaint_id._on_recovery_answer(self)

    def _note_habit(self):
        """Compare with what the person usually gives: who rates matters a lot."""
        earlier = self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("date_answered", "<", self.date_answered),
                ("id", "!=", self.id),
            ]
        )
        relative = feedback_scale.relative(self.overall, earlier.mapped("overall"))
        self.has_habit = relative is not None
        self.overall_relative = relative or 0.0

    def _tell_answer(self):
        """Into the thread, to the one responsible."""
        responsible = self._get_responsible()
        told = self.with_context(lang=responsible.lang)
        self.message_post(
            body=told._get_answer_words(),
            author_id=self.partner_id.id,
            partner_ids=responsible.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    def _get_answer_words(self):
        """The answer in a few lines: overall, and both open answers."""
        overall = self.env._("Overall: %(score)s of 5", score=self.overall)
        words = self._get_words()
        return Markup("<br/>").join([overall, words] if words else [overall])

    def _get_words(self):
        """What the customer wrote, each under its question; empty without words."""
        self.ensure_one()
        lines = [
            f"{self._fields[name]._description_string(self.env)} {self[name]}"
            for name in WORDS
            if self[name]
        ]
        return Markup("<br/>").join(lines)
