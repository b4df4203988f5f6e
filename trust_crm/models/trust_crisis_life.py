# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools import crisis as rules
from .trust_crisis import LIFE, OPEN

MANAGER = "trust_crm.group_trust_manager"
DECIDE = "trust_crm.mail_activity_crisis_decide"
STEP_DAYS = 60


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
    """What becomes of a crisis: accepted, worked on, over; and how trust comes back."""

    _inherit = "trust.crisis"  # pylint: disable=consider-merging-classes-inherited

    # COMPUTE

    @api.depends("relationship_ids", "window_start")
    def _compute_curve(self):
        for crisis in self:
            points = crisis._read_curve() if crisis.relationship_ids else []
            crisis.curve = points
            crisis.index_now = points[-1]["index"] if points else 0.0

    # ORM

    def write(self, vals):
        if LIFE & vals.keys() and not self.env.su:
            raise UserError(
                self.env._("A crisis is accepted, dismissed or closed by its buttons.")
            )
        if "user_id" in vals:
            self._check_decider()
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

    # RECOVERY

    def _note_recovery(self, now):
        """Close those where trust is back and something good was said since."""
        for crisis in self:
            if crisis.relationship_ids and crisis._is_recovered():
                crisis._finish(
                    "closed", self.env._("Trust is back where it was before.")
                )

    def _is_recovered(self):
        back = rules.is_back(self.index_now, self.index_before)
        return back and self._has_good_recovery()

    def _has_good_recovery(self):
        """Did a customer concerned confirm something good since it was noticed?"""
        policy = self.env["trust.policy"].sudo()._get_published(self.company_id)
        good = {s for s, part, weight in policy._weights() if weight > 0}
        outcome = self.env["trust.signal"]._get_by_code("complaint_good").id
        domain = [
            (
                "partner_id.commercial_partner_id",
                "in",
                self.relationship_ids.partner_id.ids,
            ),
            ("date", ">=", self.date),
            ("state", "=", "live"),
            "|",
            ("signal_id", "=", outcome),
            "&",
            ("signal_id", "in", list(good)),
            ("voice", "=", "customer"),
        ]
        return bool(self.env["trust.evidence"].sudo().search_count(domain, limit=1))

    @api.model
    def _mean_before(self, relationships):
        """Average index shown before the complaints began, or None."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT avg(s.trust_index)
                  FROM trust_relationship r
                  JOIN LATERAL (
                        SELECT trust_index FROM trust_snapshot n
                         WHERE n.relationship_id = r.id
                           AND n.date < %s::timestamp - interval '7 days'
                      ORDER BY n.date DESC LIMIT 1) s ON TRUE
                 WHERE r.id IN %s
                """,
                fields.Datetime.now(),
                tuple(relationships.ids) or (0,),
            )
        )
        return rows[0][0]

    def _read_curve(self):
        """Average index of those concerned, day by day, from two weeks before.

        :return: ``[{"date": ISO day, "index": float}]``, at most ``STEP_DAYS`` + 2
        """
        self.ensure_one()
        ids = tuple(self.sudo().relationship_ids.ids)
        end = self.date_closed or fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """
                WITH span AS (
                SELECT %(start)s::timestamp - interval '14 days' AS since,
                       %(end)s::timestamp AS until)
                SELECT d.day::date, avg(s.trust_index)
                  FROM span, generate_series(span.since, span.until,
                       greatest(interval '1 day',
                                (span.until - span.since) / %(steps)s)) AS d (day)
            CROSS JOIN trust_relationship r
                  JOIN LATERAL (
                        SELECT trust_index FROM trust_snapshot n
                         WHERE n.relationship_id = r.id AND n.date <= d.day
                      ORDER BY n.date DESC LIMIT 1) s ON TRUE
                 WHERE r.id IN %(ids)s
              GROUP BY d.day ORDER BY d.day
                """,
                start=self.window_start,
                end=end,
                steps=STEP_DAYS,
                ids=ids,
            )
        )
        points = [{"date": str(day), "index": index} for day, index in rows]
        if not self.date_closed:
            known = [r.trust_index for r in self.sudo().relationship_ids]
            points.append({"date": str(end.date()), "index": sum(known) / len(known)})
        return points
