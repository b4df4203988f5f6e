# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.mail.tools.discuss import Store

from ..tools import crisis as rules
from .trust_crisis import LIFE, OPEN

MANAGER = "trust_crm.group_trust_manager"
DECIDE = "trust_crm.mail_activity_crisis_decide"


class TrustPromise(models.Model):
    """A lesson of a crisis: what we mend, by whom, by when."""

    _inherit = "trust.promise"  # pylint: disable=consider-merging-classes-inherited

    crisis_id = fields.Many2one(
        "trust.crisis",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        groups="trust_crm.group_trust_user",
    )


class MailActivity(models.Model):
    """A step of the playbook has its type's name, also in the crisis's own history."""

    _inherit = "mail.activity"  # pylint: disable=consider-merging-classes-inherited

    def _to_store_defaults(self, target):
        """Send the name, which Odoo shows where there is no summary and never sends."""
        name = Store.Attr(
            "display_name", predicate=lambda one: one.res_model == "trust.crisis"
        )
        return [*super()._to_store_defaults(target), name]


class TrustRelationship(models.Model):
    """A crisis that does not end pulls a relationship apart (S14)."""

    _inherit = "trust.relationship"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _dissolving_sources(self, at):
        unended = SQL(
            """r.trust_index < %s AND EXISTS (
                SELECT FROM trust_crisis c
                 WHERE c.relationship_id = r.id AND c.date < %s
                   AND c.state IN ('proposed', 'active'))""",
            rules.DISSOLVING_INDEX,
            at - timedelta(days=rules.DISSOLVING_DAYS),
        )
        return [*super()._dissolving_sources(at), ("crisis", unended)]


class TrustCrisis(models.Model):
    """What becomes of a crisis: proposed, accepted and worked on, over."""

    _inherit = "trust.crisis"  # pylint: disable=consider-merging-classes-inherited

    # ORM

    def write(self, vals):
        if LIFE & vals.keys() and not self.env.su:
            raise UserError(
                self.env._("A crisis is accepted, dismissed or closed by its buttons.")
            )
        if "user_id" in vals:
            self._check_decider()
            self._pass_steps_to(vals["user_id"])
        return super().write(vals)

    # ACTIONS

    def action_accept(self):
        """Take it on: an owner, and the playbook's steps as activities."""
        self._check_decider()
        if any(crisis.state != "proposed" for crisis in self):
            raise UserError(
                self.env._("Somebody decided about this already: reload the page.")
            )
        for crisis in self:
            crisis.sudo().write(
                {
                    "state": "active",
                    "user_id": (crisis.user_id or self.env.user).id,
                    "date_accepted": fields.Datetime.now(),
                }
            )
            crisis.sudo().activity_feedback([DECIDE])
        return self._start_playbook()

    def action_dismiss(self):
        self._check_decider()
        return self.env["trust.crisis.end"]._open(self, "dismissed")

    def action_end(self):
        self._check_decider()
        return self.env["trust.crisis.end"]._open(self, "ended")

    def action_reopen(self):
        """Work on it again; one that was never taken on is proposed again."""
        self._check_decider()
        over = self.sudo().filtered(lambda one: one.state not in OPEN)
        for crisis in over:
            state = "active" if crisis.date_accepted else "proposed"
            crisis.write({"state": state, "date_closed": False, "end_reason": False})
            if state == "proposed":
                crisis._call_decider()

    def action_open_evidence(self):
        """The facts of the window about the customers concerned."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "trust_crm.trust_evidence_action"
        )
        families = self.relationship_ids.sudo().partner_id.ids
        domain = [
            ("partner_id.commercial_partner_id", "in", families),
            ("date", ">", self.window_start),
            ("company_id", "in", [self.company_id.id, False]),
        ]
        return {**action, "domain": domain, "context": {"search_default_live": 1}}

    def action_add_lesson(self):
        """Write down what we mend, as a promise with an owner and a day."""
        self.ensure_one()
        affected = self.partner_id or self.relationship_ids.partner_id[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What do we mend?"),
            "res_model": "trust.promise",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_crisis_id": self.id,
                "default_partner_id": affected.id,
                "default_purpose": "preventive",
                "default_user_id": (self.user_id or self.env.user).id,
            },
        }

    # BUSINESS

    def _pass_steps_to(self, user_id):
        """The owner's open steps go along with the crisis."""
        if not user_id:
            return
        for crisis in self.sudo().filtered("user_id"):
            steps = crisis.activity_ids.filtered(
                lambda step, owner=crisis.user_id: step.user_id == owner
            )
            steps.with_context(mail_activity_quick_update=True).user_id = user_id

    def _check_decider(self):
        self.check_access("write")
        if not self.env.user.has_group(MANAGER) and not self.env.su:
            raise AccessError(self.env._("A manager decides about a crisis."))

    def _finish(self, state, reason):
        """Over: by hand with a reason, or because trust is back."""
        self.sudo().write(
            {
                "state": state,
                "end_reason": reason,
                "date_closed": fields.Datetime.now(),
            }
        )
        self.sudo().activity_feedback([DECIDE])

    def _call_decider(self):
        """One activity for the salesperson's leader, else a manager."""
        owner = self.relationship_id.user_id
        leader = owner.sale_team_id.user_id
        managers = self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref(MANAGER).id),
                ("company_ids", "in", self.company_id.ids),
                ("share", "=", False),
            ],
            order="id",
        )
        decider = (leader & managers) or managers[:1]
        if decider:
            self.activity_schedule(DECIDE, user_id=decider.id, summary=self.name)

    def _start_playbook(self):
        """Schedule the one plan there is; with several, let the person choose."""
        plans = self.env["mail.activity.plan"].search(
            [
                ("res_model", "=", self._name),
                ("company_id", "in", [*self.company_id.ids, False]),
            ]
        )
        if not plans:
            return True
        context = {"active_model": self._name, "active_ids": self.ids}
        if len(plans) > 1:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Which playbook?"),
                "res_model": "mail.activity.schedule",
                "view_mode": "form",
                "target": "new",
                "context": {**context, "plan_mode": True},
            }
        for crisis in self:
            context["active_ids"] = crisis.ids
            wizard = self.env["mail.activity.schedule"].with_context(**context)
            wizard.create(
                {"plan_id": plans.id, "plan_on_demand_user_id": crisis.user_id.id}
            ).action_schedule_plan()
        return True
