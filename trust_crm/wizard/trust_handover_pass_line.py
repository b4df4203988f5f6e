# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .trust_handover_pass_left import OPEN_COMPLAINTS, OPEN_CRISES, OPEN_LEADS


class TrustHandoverPassLine(models.TransientModel):
    """One customer of a pass: who receives it, or why it stays."""

    _name = "trust.handover.pass.line"
    _description = "Customer to hand over"
    _order = "problem, single_thread desc, id"

    wizard_id = fields.Many2one(
        "trust.handover.pass", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("customer", "Customer"),
            ("trust", "Holds the trust"),
            ("promises", "Promises only"),
        ],
        "Why",
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, ondelete="cascade"
    )
    lead_id = fields.Many2one("crm.lead", readonly=True, ondelete="cascade")
    old_user_id = fields.Many2one("res.users", "Handed Over By", readonly=True)
    new_user_id = fields.Many2one(
        "res.users",
        "Taken Over By",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("trust_crm.group_trust_user").id)
        ],
    )
    single_thread = fields.Boolean("Held by one", readonly=True)
    promise_count = fields.Integer("Promises", readonly=True)
    reason = fields.Char("Suggested because", readonly=True)
    done = fields.Boolean(readonly=True)
    problem = fields.Char("Stays, because", readonly=True)

    # COMPUTE

    @api.depends("partner_id", "lead_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (line.partner_id or line.lead_id).display_name

    # BEFORE

    def _count(self):
        """Say what hangs on each line: the trust, the promises."""
        partners = self.partner_id
        held = self.env["trust.bond"].search(
            Domain("relationship_id.partner_id", "in", partners.ids)
            & Domain("single_thread", "=", True)
        )
        held = {(b.partner_id.id, b.user_id.id) for b in held}
        owed = Counter()
        for promise in self._find_promises():
            partner, keeper = promise.partner_id, promise.user_id
            for subject in {partner, partner.commercial_partner_id} - {partner[:0]}:
                owed[subject, keeper] += 1
            if not partner:
                owed[promise.lead_id, keeper] += 1
        for line in self:
            user, subject = line.old_user_id, line.partner_id or line.lead_id
            line.single_thread = (line.partner_id.id, user.id) in held
            line.promise_count = owed[subject, user]

    def _find_promises(self):
        """Return what the former ones still owe to these customers and leads."""
        partners, leads = self.partner_id, self.lead_id
        return self.env["trust.promise"].search(
            self.env["trust.handover.pass"]._get_promise_domain(self.old_user_id)
            & (
                Domain("partner_id", "in", partners.ids)
                | Domain("partner_id.commercial_partner_id", "in", partners.ids)
                | (
                    Domain("partner_id", "=", False)
                    & Domain("lead_id", "in", leads.ids)
                )
            )
        )

    def _suggest(self):
        """Put in the best colleague of each customer; the others stay as they are."""
        relationships = self.env["trust.relationship"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "=", self.env.company.id),
            ]
        )
        best = relationships._best_colleagues(without=self.old_user_id)
        found = {r.partner_id: best[r.id] for r in relationships if r.id in best}
        for line in self.filtered(lambda x: x.kind == "customer"):
            if choice := found.get(line.partner_id):
                line.new_user_id, line.reason = choice

    def _check(self):
        """Write why a line cannot be handed over, nothing where it can."""
        able = {user: user._can_take_over() for user in self.new_user_id}
        for line in self:
            line.problem = line._get_problem(able)

    def _get_problem(self, able):
        user, subject = self.new_user_id, self.partner_id or self.lead_id
        if not user:
            return self.env._("Nobody receives it")
        if user == self.old_user_id:
            return self.env._("It would go to whom it comes from")
        if not able[user]:
            return self.env._("%(name)s does not use the trust app", name=user.name)
        company = subject.company_id
        if company and company not in user.sudo().company_ids:
            return self.env._(
                "%(name)s does not work for %(company)s",
                name=user.name,
                company=company.name,
            )
        if self.kind == "customer" and subject.user_id != self.old_user_id:
            return self.env._("Somebody else took it over meanwhile")
        if not subject.exists():
            return self.env._("It was deleted meanwhile")
        return False

    # AFTER

    def _apply(self):
        """All of one receiver at once; where that fails, one by one."""
        for user, lines in self.grouped("new_user_id").items():
            lines._try_to(user)

    def _try_to(self, user):
        try:
            with self.env.cr.savepoint():
                self._hand_to(user)
        except (UserError, AccessError) as error:
            self.env.invalidate_all(flush=False)
            if len(self) > 1:
                for line in self:
                    line._try_to(user)
            else:
                self.problem = str(error)

    def _hand_to(self, user):
        """The customers with their people, and all that is open about them."""
        wizard = self.wizard_id
        promises, before = self._find_promises(), self._get_open_handovers()
        wizard._give(self._get_partners(), user)
        self._begin_more(user)
        promises.check_access("write")
        promises.sudo()._pass_on(user)  # promises of two records of one customer too
        if wizard.with_leads:
            wizard._give(self._get_leads(), user)
        if wizard.with_complaints:
            wizard._give(self._get_complaints(user), user)
            wizard._give(self._get_crises(user), user)
        wizard.promise_count += len(promises)
        wizard.handover_ids |= self._get_open_handovers() - before
        self.done = True

    def _get_partners(self):
        """The customers whose salesperson changes, and their people with the same."""
        lines = self.filtered(lambda line: line.kind == "customer")
        return self.env["res.partner"].search(
            Domain("user_id", "in", lines.old_user_id.ids)
            & (
                Domain("id", "in", lines.partner_id.ids)
                | Domain("commercial_partner_id", "in", lines.partner_id.ids)
            )
        )

    def _get_leads(self):
        """Open opportunities; none for whoever has no right to them."""
        return self.wizard_id._find_changeable(
            "crm.lead",
            Domain("user_id", "in", self.old_user_id.ids)
            & OPEN_LEADS
            & (
                Domain("partner_id.commercial_partner_id", "in", self.partner_id.ids)
                | Domain("partner_id", "in", self.partner_id.ids)
                | Domain("id", "in", self.lead_id.ids)
            ),
        )

    def _get_complaints(self, user):
        """Open complaints, save those about the receiver: they stay, and are noted."""
        return self.wizard_id._find_changeable(
            "trust.complaint",
            Domain("user_id", "in", self.old_user_id.ids)
            & OPEN_COMPLAINTS
            & Domain("about_user_id", "!=", user.id)
            & Domain("partner_id.commercial_partner_id", "in", self.partner_id.ids),
        )

    def _get_crises(self, user):
        """Crises being worked on, in companies the receiver works for."""
        return self.wizard_id._find_changeable(
            "trust.crisis",
            self.wizard_id._works_for(user)
            & Domain("user_id", "in", self.old_user_id.ids)
            & OPEN_CRISES
            & Domain("partner_id.commercial_partner_id", "in", self.partner_id.ids),
        )

    def _get_open_handovers(self):
        return self.env["trust.handover"].search(
            [("partner_id", "in", self.partner_id.ids), ("state", "=", "open")]
        )

    def _begin_more(self, user):
        """Checklists that a change of salesperson alone does not open."""
        every = self.wizard_id.checklist_all
        lines = self.filtered(
            lambda x: x.kind == "trust" or (every and x.kind == "customer")
        )
        known = lines._get_open_handovers().partner_id
        lines = lines.filtered(lambda line: line.partner_id not in known)
        relationships = self.env["trust.relationship"].search(
            [
                ("partner_id", "in", lines.partner_id.ids),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        scored = relationships.grouped("partner_id")
        # Nobody but the handover itself writes one.
        self.env["trust.handover"].sudo()._begin(
            [line._prepare_handover(user, scored) for line in lines]
        )

    def _prepare_handover(self, user, scored):
        relationship = self._get_handed_over(scored)
        thread = relationship.thread_user_id
        return {
            "partner_id": self.partner_id.id,
            "company_id": (relationship.company_id or self.env.company).id,
            "old_user_id": self.old_user_id.id,
            "new_user_id": user.id,
            "holder_id": thread.id,
            "share_before": relationship.thread_share,
            "trust_before": relationship.trust_index,
            "has_before": bool(relationship.evidence_count),
        }

    def _get_handed_over(self, scored):
        """The relationship that the leaver holds; else that of the company at hand."""
        known = scored.get(self.partner_id, self.env["trust.relationship"])
        held = known.filtered(lambda one: one.thread_user_id == self.old_user_id)
        return held[:1] or known.filtered(lambda r: r.company_id == self.env.company)
