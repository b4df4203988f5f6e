# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_date

from ..tools import listening
from .trust_evidence_record import AHEAD
from .trust_feeling import TONES
from .trust_words import join_words

CHANNELS = [
    ("call", "Call"),
    ("visit", "Visit"),
    ("meeting", "Meeting"),
    ("event", "Event"),
    ("chat", "Chat"),
    ("other", "Other"),
]
DEGREES = [(str(degree), str(degree)) for degree in range(6)]


class TrustEncounter(models.Model):
    """A contact between two people: what was said, and how it felt to the customer.

    Whoever was there writes it down, as a rule with two taps after a call, visit or
    meeting (``trust_encounter_offer.py``). What the ledger holds about it stands in
    ``trust_encounter_evidence.py``: an encounter replaces the activity or meeting that
    it was made from, so that one fact is one evidence.

    *Asked* and *pitched* are what somebody says about one talk, 0 to 5 each. They are
    columns of their own so that our self-orientation can be measured in sets; they are
    never compared between employees.
    """

    _name = "trust.encounter"
    _description = "Encounter"
    _inherit = [
        "trust.addressed.mixin",
        "trust.evidence.source.mixin",
        "trust.unranked.mixin",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["partner_id", "lead_id", "note"]
    _check_company_auto = True

    # Who met whom, when, how
    user_id = fields.Many2one(
        "res.users",
        "Employee",
        default=lambda self: self.env.user,
        index=True,
        ondelete="set null",
        domain=[("share", "=", False)],
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    channel = fields.Selection(CHANNELS, required=True, default="call")
    touchpoint_id = fields.Many2one(
        "trust.touchpoint", "Moment of truth", ondelete="set null"
    )
    # What was felt
    feeling_ids = fields.One2many("trust.encounter.feeling", "encounter_id", copy=False)
    felt = fields.Char("How it felt", compute="_compute_felt")
    tone = fields.Selection(
        TONES,
        "Strongest Tone",
        compute="_compute_tone",
        store=True,
        help="Of the strongest feeling; of two as strong the unpleasant one.",
    )
    # What was said
    asked = fields.Selection(
        DEGREES,
        "Asked and listened",
        required=True,
        default="0",
        help="From 0, not at all, to 5, nearly all the time.",
    )
    pitched = fields.Selection(
        DEGREES,
        required=True,
        default="0",
        help="From 0, nothing was offered, to 5, nearly all the time.",
    )
    listening = fields.Float(
        "Listening (%)",
        compute="_compute_listening",
        store=True,
        aggregator="avg",
        digits=(5, 1),
        help="Asking and listening as part of the whole talk, as we say ourselves.",
    )
    honest_advice = fields.Boolean(
        "Advised against our own sale",
        help="We told the customer not to buy, or not from us, for their own good.",
    )
    special = fields.Char("Anything special done")
    note = fields.Text("Notes")
    # What it was made from
    message_id = fields.Many2one(
        "mail.message", "Done activity", readonly=True, copy=False, ondelete="set null"
    )
    event_id = fields.Many2one(
        "calendar.event",
        "Calendar meeting",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    complaint_id = fields.Many2one(
        "trust.complaint",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    _message_unique = models.UniqueIndex(
        "(message_id) WHERE message_id IS NOT NULL",
        "How this contact felt is written down already: add to it.",
    )

    # COMPUTE

    @api.depends("feeling_ids.feeling_id", "feeling_ids.strength")
    def _compute_felt(self):
        for encounter in self:
            felt = encounter.feeling_ids.sorted("strength", reverse=True)
            encounter.felt = join_words(self.env, [feeling._say() for feeling in felt])

    @api.depends("feeling_ids.tone", "feeling_ids.strength")
    def _compute_tone(self):
        for encounter in self:
            strongest = max(
                encounter.feeling_ids,
                key=lambda felt: (felt.strength, felt.tone == "bad"),
                default=encounter.feeling_ids,
            )
            encounter.tone = strongest.tone

    @api.depends("asked", "pitched")
    def _compute_listening(self):
        for encounter in self:
            degrees = int(encounter.asked or 0), int(encounter.pitched or 0)
            encounter.listening = listening.share(*degrees) or 0

    @api.depends("channel", "date", "partner_id", "lead_id")
    @api.depends_context("lang", "tz", "trust_who")
    def _compute_display_name(self):
        """As the customer may read it in a request for feedback: no name, no words.

        With ``trust_who`` in the context for us, who know the day: whom we met.
        """
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for encounter in self:
            if self.env.context.get("trust_who"):
                how = channels.get(encounter.channel, "")
                encounter.display_name = f"{encounter._get_who()} · {how}"
                continue
            day = fields.Datetime.context_timestamp(
                encounter, encounter.date or fields.Datetime.now()
            )
            encounter.display_name = self.env._(
                "%(channel)s on %(date)s",
                channel=channels.get(encounter.channel, ""),
                date=format_date(self.env, day.date()),
            )

    # CONSTRAINTS

    @api.constrains("partner_id", "lead_id")
    def _check_customer(self):
        for encounter in self:
            if not encounter.partner_id and not encounter.lead_id:
                raise ValidationError(
                    self.env._("Whom did you meet? Choose a customer or a lead.")
                )
            encounter.partner_id.sudo()._check_trust_subject()

    @api.constrains("date")
    def _check_date(self):
        for encounter in self:
            if encounter.date > fields.Datetime.now() + AHEAD:
                raise ValidationError(
                    self.env._(
                        "An encounter is written down when it is over: choose a time "
                        "that is not in the future."
                    )
                )

    def _get_who(self):
        """The name of the customer, or of the lead while there is none."""
        self.ensure_one()
        lead = self.lead_id
        names = (self.partner_id.display_name, lead.contact_name, lead.partner_name)
        return next(filter(None, names), lead.name or "")

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        encounters = super().create(vals_list)
        encounters._check_sources_readable()
        encounters._collect_trust_evidence()
        encounters._settle_sources()
        return encounters

    def write(self, vals):
        """What it was made from may change: both speak again."""
        before = self._get_sources()
        result = super().write(vals)
        if {"message_id", "event_id"} & vals.keys():
            self._check_sources_readable()
        if self._get_speaking_fields() & vals.keys():
            self._collect_trust_evidence()
            self._settle_sources(before)
        return result

    def unlink(self):
        before = self._get_sources()
        result = super().unlink()
        self.browse()._settle_sources(before)
        return result

    def _read_group_select(self, aggregate_spec, query):
        """A talk about which nobody said how it went does not pull the average down."""
        if aggregate_spec != "listening:avg":
            return super()._read_group_select(aggregate_spec, query)
        column = {
            name: self._field_to_sql(self._table, name, query)
            for name in ("listening", "asked", "pitched")
        }
        return SQL(
            "AVG(%(listening)s) FILTER (WHERE %(asked)s <> '0' OR %(pitched)s <> '0')",
            **column,
        )

    # BUSINESS

    def _say_unranked(self):
        return self.env._("Encounters are not counted by employee.")
