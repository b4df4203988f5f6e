# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KINDS = [
    ("met", "How we met"),
    ("family", "Their family"),
    ("likes", "Likes"),
    ("dislikes", "Dislikes"),
    ("other", "Something else"),
]
SENSITIVITIES = [
    ("normal", "Colleagues"),
    ("sensitive", "Sensitive"),
    ("confidence", "In confidence"),
]
OPEN_FIELDS = {"kind", "text", "date"}
MEMBERS = "trust_crm.group_trust_user"


class TrustMemory(models.Model):
    """A note about a person, as a good colleague would remember it.

    Who reads it, by a rule that holds for managers and administrators too:

    * normal: everybody who looks after the person;
    * sensitive: its author, the person's salesperson, and those on the list;
    * told in confidence: its author and those on the list, nobody else.

    What is more than normal is changed by its author alone. There is no chatter, no
    tracking and no activity on a note, as each would be another way to its words.
    """

    _name = "trust.memory"
    _description = "Note about a Person"
    _inherit = ["trust.personal.mixin"]
    _order = "date desc, id desc"
    _rec_name = "text"
    _personal_part = "memory"
    _guarded = ("lapsed", "user_id", "evidence_key")

    kind = fields.Selection(KINDS, required=True, default="other")
    text = fields.Text("What we remember", required=True)
    date = fields.Date("Heard on", required=True, default=fields.Date.context_today)
    sensitivity = fields.Selection(
        SENSITIVITIES, "Who reads it", required=True, default="normal"
    )
    user_id = fields.Many2one(
        "res.users",
        "Author",
        default=lambda self: self.env.uid,
        readonly=True,
        copy=False,
        index=True,
        ondelete="set null",
    )
    sharing_ids = fields.Many2many(
        "res.users",
        "trust_memory_sharing_rel",
        "memory_id",
        "user_id",
        "Shared with",
        context={"active_test": False},
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref(MEMBERS).id),
            ("active", "=", True),
        ],
        help="Colleagues who may read it too.",
    )
    may_edit = fields.Boolean(compute="_compute_may_edit")

    # COMPUTE

    @api.depends("user_id", "sensitivity")
    @api.depends_context("uid")
    def _compute_may_edit(self):
        for memory in self:
            memory.may_edit = memory.sensitivity == "normal" or memory._is_mine()

    # CONSTRAINTS

    @api.constrains("text")
    def _check_text(self):
        if any(not (memory.text or "").strip() for memory in self):
            raise ValidationError(self.env._("Write down what is to be remembered."))

    @api.constrains("date")
    def _check_date(self):
        if any(m.date > fields.Date.context_today(m) for m in self):
            raise ValidationError(self.env._("This cannot be heard in the future."))

    @api.constrains("sharing_ids")
    def _check_sharing_ids(self):
        for user in self.sudo().with_context(active_test=False).sharing_ids:
            if not user.active:
                raise ValidationError(
                    self.env._(
                        "%(name)s has left: take them off the list of those who read "
                        "this.",
                        name=user.name,
                    )
                )
            if not user.has_group(MEMBERS):
                raise ValidationError(
                    self.env._(
                        "%(name)s does not use Trust and could not read this: choose "
                        "somebody who does.",
                        name=user.name,
                    )
                )

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        memories = super().create(vals_list)
        memories._collect_confidence()
        return memories

    def write(self, vals):
        """What is more than normal is its author's: who reads it and what it says."""
        if not self.env.su:
            self._check_mine(vals)
        result = super().write(vals)
        if "sensitivity" in vals or "date" in vals:
            self._collect_confidence()
        return result

    def unlink(self):
        """Taken back by a person: then nothing was told."""
        keys = self.sudo().mapped("evidence_key")
        result = super().unlink()
        self._void_confidence(keys)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_others(self):
        if not self.env.su:
            self._check_mine({"text"})

    # BUSINESS

    def _forget(self):
        """Remove the words; that something was told stays a fact."""
        self.sudo().evidence_key = False
        return self.unlink()

    def _is_mine(self):
        return not self._origin or self.sudo().user_id == self.env.user

    def _check_mine(self, vals):
        closed = set(vals) - OPEN_FIELDS
        for memory in self:
            normal = memory.sensitivity == "normal"
            if not memory._is_mine() and (closed or not normal):
                raise UserError(
                    self.env._(
                        "Only its author decides who reads a note and whom it is about."
                    )
                )

    def _get_personal_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return f"{kinds[self.kind]}: {super()._get_personal_name()}"


class ResPartner(models.Model):
    """What we remember of a person."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    trust_memory_ids = fields.One2many(
        "trust.memory", "partner_id", "What We Remember", groups=MEMBERS
    )
