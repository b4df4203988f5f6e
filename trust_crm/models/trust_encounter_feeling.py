# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import SQL

from .trust_encounter import CHANNELS
from .trust_feeling import TONES

STAGES = [("before", "Before"), ("during", "During"), ("after", "After")]


class TrustEncounterFeeling(models.Model):
    """Something the customer felt: how strongly, and at what stage of the encounter.

    Several feelings stand side by side (joy 3 and worry 4); they are not summed up.
    Only the customer's feelings are kept: an app that knows the moods of its users
    is not for this house.
    """

    _name = "trust.encounter.feeling"
    _description = "Feeling in an Encounter"
    _inherit = "trust.unranked.mixin"
    _order = "date desc, encounter_id desc, strength desc, id"
    _rec_name = "feeling_id"

    encounter_id = fields.Many2one(
        "trust.encounter", required=True, index=True, ondelete="cascade"
    )
    feeling_id = fields.Many2one(
        "trust.feeling", required=True, index=True, ondelete="restrict"
    )
    strength = fields.Integer(
        required=True,
        default=3,
        aggregator="avg",
        help="From 1, hardly, to 5, very strongly.",
    )
    stage = fields.Selection(STAGES, required=True, default="during")
    # What reports group by
    tone = fields.Selection(TONES, related="feeling_id.tone", store=True)
    date = fields.Datetime(related="encounter_id.date", store=True)
    channel = fields.Selection(CHANNELS, related="encounter_id.channel", store=True)
    touchpoint_id = fields.Many2one(related="encounter_id.touchpoint_id", store=True)
    partner_id = fields.Many2one(related="encounter_id.partner_id", store=True)
    company_id = fields.Many2one(related="encounter_id.company_id", store=True)

    _strength_range = models.Constraint(
        "CHECK (strength BETWEEN 1 AND 5)", "A feeling has a strength from 1 to 5."
    )
    _once = models.Constraint(
        "UNIQUE (encounter_id, feeling_id, stage)",
        "This feeling stands there already: change its strength.",
    )

    # ORM

    def _read_group_orderby(self, order, groupby_terms, query):
        """Before comes before during, not after."""
        terms = dict(groupby_terms)
        if "stage" in terms:
            names = [name for name, _label in STAGES]
            terms["stage"] = SQL("array_position(%s, %s::text)", names, terms["stage"])
        result = super()._read_group_orderby(order, terms, query)
        groupby_terms.update({name: terms[name] for name in terms if name != "stage"})
        return result

    # ACTIONS

    @api.readonly
    def action_open_encounter(self):
        """The encounter in which it was felt."""
        return self.encounter_id._get_form_action()

    # BUSINESS

    def _say_unranked(self):
        return self.env._("Feelings are not counted by employee.")

    def _say(self):
        """The feeling in few signs: 😟 Worried 4."""
        self.ensure_one()
        feeling = self.feeling_id
        return " ".join(filter(None, (feeling.emoji, feeling.name, str(self.strength))))
