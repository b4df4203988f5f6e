# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

MANAGER = "trust_crm.group_trust_manager"
# Written by the methods of the complaint's life (in sudo), never by a client.
LIFE_FIELDS = {
    "name",
    "source",
    "email_from",
    "confirmed",
    "mail_key",
    "access_token",
    "move_ids",
    "answered_date",
    "answered_by_id",
    "resolved_date",
    "closed_date",
    "stopped_date",
    "end_reason",
    "withdrawn_by",
    "appealed",
    "outcome",
    "outcome_date",
    "outcome_voice",
    "refusal_count",
    "recovered",
    "answer_target",
    "solution_target",
    "answer_deadline",
    "solution_deadline",
    "remind_at",
    "clock_start",
    "halved_at",
    "paused_since",
    "pause_ids",
    "breached_before",
    "urgency",
    "urgency_reasons",
    "trust_before",
    "trust_after",
    "trust_after_90",
    "set_aside",
    "reminded",
    "answer_late_told",
    "solution_late_told",
    "recovery_asked",
    "later_noted",
    "notice_ids",
}
# What somebody else wrote, and when it came, stays as it is.
RECEIVED_FIELDS = {"subject", "description", "remedy_sought", "about_what"}
CLOSED_FIELDS = {
    "partner_id",
    "severity",
    "problem",
    "problem_agreed",
    "disagreement",
    "apology",
    "no_redress",
    "about_user_id",
    "company_id",
}


class TrustComplaint(models.Model):
    """What nobody can do to a complaint, by whatever door they come."""

    _inherit = "trust.complaint"

    # CONSTRAINTS

    @api.constrains("partner_id")
    def _check_partner_id(self):
        for complaint in self:
            complaint.partner_id.sudo()._check_trust_subject()

    @api.constrains("user_id", "about_user_id")
    def _check_user_id(self):
        for complaint in self:
            user = complaint.user_id.sudo()
            if user and user == complaint.sudo().about_user_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot look after a complaint about %(name)s.",
                        name=user.name,
                    )
                )
            if user.share:
                raise ValidationError(
                    self.env._("%(name)s is no colleague.", name=user.name)
                )

    @api.constrains("received_date")
    def _check_received_date(self):
        for complaint in self:
            if complaint.received_date > fields.Datetime.now():
                raise ValidationError(
                    self.env._("A complaint cannot be received in the future.")
                )

    @api.constrains("original_id")
    def _check_original_id(self):
        for complaint in self.sudo():
            original = complaint.original_id
            if original and (
                original == complaint
                or original.original_id
                or original.commercial_partner_id != complaint.commercial_partner_id
            ):
                raise ValidationError(
                    self.env._(
                        "A repeat points to the first complaint of the same customer."
                    )
                )

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        """A complaint starts as received, with a number and its deadlines.

        Only trusted code (sudo: mail, portal, demo data) gives it a past.
        """
        if not self.env.su:
            fresh = dict.fromkeys(self._get_guarded_fields(), False)
            vals_list = [
                {k: v for k, v in vals.items() if k not in fresh}
                | self._get_fresh_values()
                for vals in vals_list
            ]
            # context defaults are no back door
            self = self.with_context(  # pylint: disable=context-overridden
                {
                    key: value
                    for key, value in self.env.context.items()
                    if key.removeprefix("default_") not in fresh
                }
            )
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = (
                    self.env["ir.sequence"].sudo().next_by_code("trust.complaint")
                )
        complaints = super().create(vals_list)
        complaints.sudo()._start()
        return complaints

    @api.model
    def _get_guarded_fields(self):
        return {*LIFE_FIELDS, "step_id", "step_code"}

    @api.model
    def _get_fresh_values(self):
        step = self.env["trust.complaint.step"]._get("received")
        return {
            "step_id": step.id,
            "source": "hand",
            "confirmed": True,
            "recovered": "unknown",
        }

    def write(self, vals):
        """Guard the life of the complaint; another step is a walk along the path."""
        if self.env.su:
            return super().write(vals)
        self._check_not_about_me()
        if (LIFE_FIELDS | {"step_code"}) & vals.keys():
            raise UserError(
                self.env._(
                    "What happened with a complaint is written by its buttons: its "
                    "dates, deadlines and history cannot be edited."
                )
            )
        self._check_words(vals)
        vals = dict(vals)
        step_id = vals.pop("step_id", None)
        waiting = vals.pop("waiting", None)
        result = super().write(vals)
        self.sudo()._after_write(vals)
        if waiting is not None:
            self._set_waiting(bool(waiting))
        if step_id:
            step = self.env["trust.complaint.step"].browse(step_id)
            for complaint in self.filtered(lambda c: c.step_id != step):
                complaint._step_to(step.code)
        return result

    def _check_words(self, vals):
        """What was received and what is closed stays as it is."""
        for complaint in self:
            frozen = set()
            if complaint.source != "hand":
                frozen |= RECEIVED_FIELDS
            if complaint.answered_date or complaint.step_code != "received":
                frozen.add("received_date")
            if complaint.step_code in ("closed", "withdrawn", "rejected"):
                frozen |= CLOSED_FIELDS | RECEIVED_FIELDS
            for name in frozen & vals.keys():
                field = self._fields[name]
                if field.convert_to_write(complaint[name], complaint) != vals[name]:
                    raise UserError(
                        self.env._(
                            '"%(field)s" of the complaint %(name)s stays as it is: '
                            "it is what the customer said, or it is closed.",
                            field=field._description_string(self.env),
                            name=complaint.name,
                        )
                    )

    def _check_not_about_me(self):
        """Whom it is about changes nothing on it. Not even in sudo of a button."""
        user = self.env.user
        if user in self.sudo().about_user_id:
            raise AccessError(
                self.env._(
                    "This complaint is about you: a colleague looks after it. You can "
                    "tell them your side."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_received(self):
        """A complaint is withdrawn or rejected, not deleted."""
        self._check_not_about_me()
        for complaint in self:
            if complaint.step_code != "received" or complaint.answered_date:
                raise UserError(
                    self.env._(
                        "The complaint %(name)s is on its way: reject it with a reason "
                        "instead of deleting it.",
                        name=complaint.name,
                    )
                )

    # Nobody compares employees by the complaints about them.

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        result = super().fields_get(allfields, attributes)
        if "groupable" in result.get("about_user_id", {}):
            result["about_user_id"]["groupable"] = False
        return result

    def _read_group_groupby(self, alias, groupby_spec, query):
        name = groupby_spec.split(".")[0].split(":")[0]
        if name == "about_user_id" and not self.env.su:
            raise AccessError(
                self.env._("Complaints are not counted by the employee they are about.")
            )
        return super()._read_group_groupby(alias, groupby_spec, query)

    # MESSAGES

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The talk about a complaint is not for the one it is about.

        They may read the complaint, not write it: asking for the right to write hides
        each message on it, the customer's included.
        """
        operations = super()._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        mine = self.sudo().filtered(lambda c: c.about_user_id.id == self.env.uid)
        return operations | dict.fromkeys(mine.sudo(False), "write")

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        partners = self.sudo().about_user_id.partner_id
        allowed = [id_ for id_ in partner_ids or [] if id_ not in partners.ids]
        return super().message_subscribe(allowed, subtype_ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Nor do they get it by mail, whoever mentions or invites them."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        about = self.sudo().about_user_id.partner_id.ids
        return [r for r in recipients if r["id"] not in about]
