# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

SUBJECTS = ("res.partner", "crm.lead", "trust.relationship")


class TrustNeed(models.Model):
    """The needs card: five rows, and a question for each of which nothing is known.

    Read with the reader's own rights. A row whose only need the reader may not see
    looks as if nobody had found one.
    """

    _inherit = "trust.need"  # pylint: disable=consider-merging-classes-inherited

    # ACTIONS

    @api.model
    @api.readonly
    def get_card(self, res_model, res_id):
        """Return the card of a customer, lead or relationship, as JSON values.

        :return: ``rows`` (kind, label, hint, question, needs), ``states`` (value,
            label) and ``defaults`` of a need that is added
        """
        subject = self._get_card_subject(res_model, res_id)
        needs = self.search(subject._get_trust_need_domain()).grouped("kind")
        labels = self._fields["state"]._description_selection(self.env)
        return {
            "rows": [
                {
                    **prompt,
                    "needs": [
                        need._prepare_card_line(subject)
                        for need in needs.get(prompt["kind"], ())
                    ],
                }
                for prompt in self._get_prompts()
            ],
            "states": [{"value": value, "label": label} for value, label in labels],
            "defaults": subject._get_trust_need_defaults(),
        }

    # BUSINESS

    @api.model
    def _get_card_subject(self, res_model, res_id):
        if res_model not in SUBJECTS:
            raise UserError(self.env._("Needs belong to a customer or a lead."))
        record = self.env[res_model].browse(res_id)
        record.check_access("read")
        if res_model != "trust.relationship":
            return record
        subject = record.partner_id or record.lead_id
        subject.check_access("read")
        return subject

    def _prepare_card_line(self, subject):
        """One need; of whom, when it is not of whom the card is about."""
        known = self.sudo()
        person = known.partner_id
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "who": known.user_id.name or "",
            "when": format_date(self.env, self.found_date),
            "about": person.display_name
            if person and person != subject._get_trust_person()
            else "",
        }

    @api.model
    def _get_prompts(self):
        """The five kinds in their order: what each means, and what to ask for it."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        hints, questions = self._get_hints(), self._get_questions()
        return [
            {"kind": k, "label": labels[k], "hint": hints[k], "question": questions[k]}
            for k in labels
        ]

    @api.model
    def _get_hints(self):
        return {
            "stated": self.env._("What they say they want"),
            "real": self.env._("What it is for"),
            "unstated": self.env._("What they take for granted"),
            "delight": self.env._("What would delight them"),
            "secret": self.env._("What they would not say aloud"),
        }

    @api.model
    def _get_questions(self):
        return {
            "stated": self.env._("What would you like us to do for you?"),
            "real": self.env._("What should be better for you afterwards?"),
            "unstated": self.env._("What should go without saying?"),
            "delight": self.env._("What would be a pleasant surprise?"),
            "secret": self.env._("Who will look at it, and what should they think?"),
        }
