# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models, tools

from .trust_feedback import EXPECTED, PERCEIVED, SCORES


class TrustFeedback(models.Model):
    """What the page asks, in the reader's language."""

    _inherit = "trust.feedback"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _get_questions(self):
        """The sections of the page: [{"title", "questions": [{"name", "text"}]}]."""
        self.ensure_one()
        texts = self._get_question_texts()
        sections = [
            ("overall", False, ["overall"]),
            ("pulse", self.env._("How we work"), [*PERCEIVED, "interest"]),
        ]
        if self.asks_yearly:
            sections += [
                (
                    "expected",
                    self.env._("What you expect of an excellent company like us"),
                    EXPECTED,
                ),
                ("obliged", self.env._("Once a year, one more"), ["obliged"]),
            ]
        return [
            {
                "name": name,
                "title": title,
                "questions": [{"name": field, "text": texts[field]} for field in names],
            }
            for name, title, names in sections
        ]

    def _get_question_texts(self):
        say = {
            "score_reliability": self.env._("They do what they promised, in time."),
            "score_assurance": self.env._("They know what they do."),
            "score_tangibles": self.env._("What I see of them is well cared for."),
            "score_empathy": self.env._("They understand what matters to me."),
            "score_responsiveness": self.env._("They answer quickly and gladly."),
            "interest": self.env._("They put my interest first."),
            "expected_reliability": self.env._("It does what it promised, in time."),
            "expected_assurance": self.env._("It knows what it does."),
            "expected_tangibles": self.env._("What one sees of it is cared for."),
            "expected_empathy": self.env._("It understands what matters to me."),
            "expected_responsiveness": self.env._("It answers quickly."),
            "obliged": self.env._("I feel obliged to them."),
        }
        if self.kind == "recovery":
            say["overall"] = self.env._("How satisfied are you with how we mended it?")
        else:
            say["overall"] = self.env._("All in all, how satisfied are you?")
        return say

    def _render_scales(self, questions, answers, missing):
        """{name of a question: its field set}; those without an answer are kept."""
        scales = {}
        for question in [q for section in questions for q in section["questions"]]:
            name, text = question["name"], question["text"]
            if answers.get(name) or name in missing:
                scales[name] = self._render_scale(name, text, answers, missing)
            else:
                language, site = self.env.lang, self.env.context.get("website_id")
                scales[name] = self._render_blank_scale(name, text, language, site)
        return scales

    @api.model
    @tools.ormcache("name", "text", "language", "site", cache="templates")
    def _render_blank_scale(self, name, text, language, site):
        """The same for everybody: most who open the page see nothing else."""
        return self._render_scale(name, text, {}, ())

    @api.model
    def _render_scale(self, name, text, answers, missing):
        values = {
            "question": {"name": name, "text": text},
            "answers": answers,
            "missing": missing,
        }
        return self.env["ir.qweb"]._render("trust_crm.trust_feedback_scale", values)

    def _get_review(self, answers):
        """[(question, answer)] to look through before sending."""
        texts = self._get_question_texts()
        lines = []
        for name in self._get_asked():
            if not answers[name]:
                continue
            text = texts.get(name) or self._fields[name]._description_string(self.env)
            value = answers[name]
            if name in SCORES:
                value = self.env._("%(score)s of 5", score=value)
            lines.append((text, value))
        return lines
