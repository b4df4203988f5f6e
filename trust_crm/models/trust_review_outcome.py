# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.tools import format_date


class TrustReview(models.Model):
    """What was decided in the review before, and what became of it."""

    _inherit = "trust.review"

    former_finding_ids = fields.One2many(
        "trust.review.finding",
        compute="_compute_former_finding_ids",
        string="Decisions of the Review Before",
    )

    # COMPUTE

    @api.depends("previous_id")
    @api.depends_context("uid")
    def _compute_former_finding_ids(self):
        """Those that the reader sees, carried ones aside: they are here again."""
        found = self.env["trust.review.finding"].search(
            [
                ("review_id", "in", self.previous_id.ids),
                ("decision", "not in", (False, "carried")),
            ]
        )
        by_review = found.grouped("review_id")
        for review in self:
            former = by_review.get(review.previous_id, found.browse())
            review.former_finding_ids = former.sorted(
                lambda one: one.decision == "nothing"
            )


class TrustReviewFinding(models.Model):
    """What was decided, in one line, and what became of it until now."""

    _inherit = "trust.review.finding"

    decision_text = fields.Char("Decision", compute="_compute_decision_text")
    outcome = fields.Char("What became of it", compute="_compute_outcome")
    can_move_in = fields.Boolean(
        compute="_compute_choices", export_string_translation=False
    )
    can_win_back = fields.Boolean(
        compute="_compute_choices", export_string_translation=False
    )

    # COMPUTE

    @api.depends("relationship_id", "kind")
    def _compute_choices(self):
        """Which further decisions there are for this line."""
        lost = ("moved_out", "fell", "crisis", "unrecovered")
        for finding in self:
            relationship = finding.relationship_id
            finding.can_move_in = bool(relationship.circle_proposed_id)
            finding.can_win_back = bool(relationship) and (
                relationship.dissolving or finding.kind in lost
            )

    @api.depends("decision", "decision_note", "activity_ids", "campaign_id")
    @api.depends_context("lang")
    def _compute_decision_text(self):
        labels = dict(self._fields["decision"]._description_selection(self.env))
        for finding in self:
            finding.decision_text = (
                finding._say_decision(labels[finding.decision])
                if finding.decision
                else False
            )

    @api.depends("decision", "activity_ids.active", "campaign_id.state")
    @api.depends_context("lang")
    def _compute_outcome(self):
        for finding in self:
            said = finding.sudo()._say_outcome() if finding.decision else []
            finding.outcome = " · ".join(said)

    # BUSINESS

    def _say_decision(self, label):
        activities = self.sudo().activity_ids
        if self.decision == "activity" and activities:
            return self.env._(
                "%(what)s: %(who)s, by %(day)s",
                what=self.decision_note or label,
                who=activities[0].user_id.name or "–",
                day=format_date(self.env, activities[0].date_deadline),
            )
        if self.decision_note:
            return self.env._(
                "%(decision)s: %(note)s", decision=label, note=self.decision_note
            )
        return label

    def _say_outcome(self):
        """Parts of the sentence: what was done, how the index moved since then."""
        said = []
        if done := self._say_done():
            said.append(done)
        if self.campaign_id:
            said.append(self._say_asked())
        if self.touchpoint_id:
            said.append(
                self.env._(
                    "live score %(then)s → %(now)s",
                    then=round(self.value_now),
                    now=self._get_live_score(),
                )
            )
        relationship = self.relationship_id
        if self.index_decided and relationship.trust_index:
            said.append(
                self.env._(
                    "trust %(then)s → %(now)s",
                    then=round(self.index_decided),
                    now=round(relationship.trust_index),
                )
            )
        return said

    def _say_done(self):
        activities = self.activity_ids
        if not activities:
            return False
        done = len(activities.filtered(lambda one: not one.active))
        if len(activities) == 1:
            return self.env._("done") if done else self.env._("not done yet")
        return self.env._("%(done)s of %(all)s done", done=done, all=len(activities))

    def _say_asked(self):
        asked = self.campaign_id.feedback_ids.filtered(
            lambda one: (
                one.partner_id.commercial_partner_id == self.relationship_id.partner_id
            )
        )
        if any(one.state == "answered" for one in asked):
            return self.env._("answered")
        if asked:
            return self.env._("asked, no answer")
        return self.env._("not asked yet")

    def _get_live_score(self):
        moment = self.touchpoint_id.with_company(self.company_id)
        return round(moment.live_score)
