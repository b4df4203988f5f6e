# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# A tie that still holds is told again each quarter, or it would fade like an old visit.
AGAIN_DAYS = 90


class TrustLockIn(models.Model):
    """What binds a customer to us whether he likes us or not (S13).

    A contract that runs, a cost of changing, no other supplier. It speaks to the signal
    *Bound to us by contract or cost* from its first day and once a quarter while it
    lasts. When it ends, by its date or by hand, the ledger takes back what it said: he
    is free again.
    """

    _name = "trust.lock.in"
    _inherit = ["trust.evidence.source.mixin", "trust.clock.mixin"]
    _description = "Tie of a Customer"
    _order = "date_ended desc, date_start desc, id desc"
    _rec_name = "note"
    _check_company_auto = True
    _clock_order = "next_date, id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        "Noted By",
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="set null",
    )
    kind = fields.Selection(
        [
            ("contract", "Contract"),
            ("cost", "Cost of changing"),
            ("no_alternative", "No other choice"),
        ],
        "What Binds Them",
        required=True,
        default="contract",
    )
    date_start = fields.Date(
        "Since", required=True, default=lambda self: fields.Date.context_today(self)
    )
    until = fields.Date(help="The last day of the tie. Empty: for as long as it is.")
    note = fields.Char()
    date_ended = fields.Date(
        "Ended On", readonly=True, copy=False, help="Since then they are free to go."
    )
    next_date = fields.Date(
        readonly=True,
        copy=False,
        index="btree_not_null",
        export_string_translation=False,
    )

    _until_after_start = models.Constraint(
        "CHECK (until IS NULL OR until >= date_start)",
        "A tie ends after it began: choose a later last day.",
    )

    # COMPUTE

    @api.depends("kind", "note", "partner_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for tie in self:
            words = (kinds.get(tie.kind), tie.note)
            tie.display_name = ": ".join(word for word in words if word)

    # CONSTRAINTS

    @api.constrains("date_start")
    def _check_date_start(self):
        latest = fields.Date.today() + timedelta(days=1)  # it is tomorrow somewhere
        if any(tie.date_start > latest for tie in self):
            raise ValidationError(
                self.env._("A tie that has not begun binds nobody: note it that day.")
            )

    @api.constrains("partner_id")
    def _check_partner(self):
        self.partner_id.sudo()._check_trust_subject()

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        ties = super().create(vals_list)
        ties._follow_time()
        return ties

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"partner_id", "company_id", "date_start", "until"}:
            self._follow_time()
        return result

    # ACTIONS

    def action_end(self):
        """They are free since today."""
        self.check_access("write")
        for tie in self.filtered(lambda t: not t.date_ended):
            tie.date_ended = fields.Date.context_today(tie)
        self._collect_trust_evidence()

    def action_reopen(self):
        """The end was a mistake."""
        self.check_access("write")
        self._follow_time()

    # BUSINESS

    @api.model
    def _cron_follow(self):
        """Nightly: ties that ended, and those that hold for another quarter."""
        self._work_off(Domain("next_date", "<=", fields.Date.today()), "_pass_time")

    def _pass_time(self, now):
        self._follow_time()

    def _follow_time(self):
        """Write down whether the ties still hold today, and when to look again."""
        today = fields.Date.today()
        for tie in self:
            over = bool(tie.until and tie.until < today)
            quarters = (today - tie.date_start).days // AGAIN_DAYS + 1
            again = tie.date_start + timedelta(days=AGAIN_DAYS * quarters)
            end = tie.until and tie.until + timedelta(days=1)
            tie.write(
                {
                    "date_ended": over and end,
                    "next_date": not over and min(filter(None, (again, end))),
                }
            )
        self._collect_trust_evidence()

    def _prepare_trust_evidence(self):
        """One fact per quarter that a tie has held, none once it has ended."""
        rows = []
        for tie in self.sudo().filtered(lambda t: not t.date_ended):
            for number, date in enumerate(tie._get_quarters()):
                rows.append(
                    {
                        "signal": "lock_in",
                        "partner_id": tie.partner_id.id,
                        "date": date,
                        "source": tie,
                        "source_key": str(number),
                        "company_id": tie.company_id.id,
                        "user_id": tie.user_id.id,
                        "note": tie.note,
                    }
                )
        return rows

    def _get_quarters(self):
        """Return the moments (UTC) at which the tie was there, its first day first."""
        first = datetime.combine(self.date_start, time.min)
        now = fields.Datetime.now()
        ages = range(AGAIN_DAYS, max(0, (now - first).days) + 1, AGAIN_DAYS)
        later = (first + timedelta(days=days) for days in ages)
        return [min(first, self.create_date or now), *later]
