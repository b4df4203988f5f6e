# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_list

from ..tools.similarity import fit, jaccard
from .trust_bond import SINGLE_THREAD
from .trust_subject_mixin import GROUP as USER
from .trust_words import join_words

INTERESTS = "trust_interest_ids"


class ResPartner(models.Model):
    """What people like, of whole companies at once."""

    _inherit = "res.partner"

    def _get_trust_interests(self):
        """Return ``{partner id: ids of interests}``, a company's people included.

        Who may read the interests of partners gets them, nobody else.
        """
        field = self._fields.get(INTERESTS)
        if not field or not self:
            return {}
        self._check_field_access(field, "read")
        # The relation alone says who likes what; names are read by the user.
        people = self.sudo().search_fetch(
            Domain(INTERESTS, "!=", False)
            & (
                Domain("id", "in", self.ids) | Domain("parent_id", "child_of", self.ids)
            ),
            ["commercial_partner_id", INTERESTS],
        )
        found = defaultdict(set)
        for person in people:
            for id_ in {person.id, person.commercial_partner_id.id}:
                found[id_].update(person[INTERESTS].ids)
        return {id_: found[id_] for id_ in self.ids if id_ in found}


class TrustBond(models.Model):
    """R4: what employee and customer have in common."""

    _inherit = "trust.bond"

    similarity = fields.Float(
        "In Common",
        compute="_compute_similarity",
        aggregator=None,
        help="Part of the interests of both that they share (Jaccard).",
    )

    def _compute_similarity(self):
        customers = self.sudo().partner_id
        people = self.sudo().user_id.partner_id
        likes = (customers | people)._get_trust_interests()
        for bond in self:
            known = bond.sudo()
            bond.similarity = jaccard(
                likes.get(known.partner_id.id, set()),
                likes.get(known.user_id.partner_id.id, set()),
            )


class TrustRelationship(models.Model):
    """R4: the risk of a single thread, and whom to bring along.

    The best colleague for an introduction is the one who has most in common with the
    customer or is known there already. One name with its reason, for one customer:
    never a list of colleagues, and no number of them. What the reader may not see of
    bonds does not speak.
    """

    _inherit = "trust.relationship"

    thread_user_id = fields.Many2one(
        "res.users", "Held By", compute="_compute_thread", groups=USER
    )
    thread_share = fields.Float(
        "Share of the Trust", compute="_compute_thread", groups=USER
    )
    thread_notice = fields.Char(compute="_compute_thread", groups=USER)
    colleague_id = fields.Many2one(
        "res.users",
        "Good for an Introduction",
        compute="_compute_colleague",
        groups=USER,
    )
    colleague_reason = fields.Char("Because", compute="_compute_colleague", groups=USER)

    # COMPUTE

    @api.depends("bond_ids")
    @api.depends_context("uid")
    def _compute_thread(self):
        """Who holds the trust alone, for those who may see that bond."""
        bonds = self.env["trust.bond"].search(
            Domain("relationship_id", "in", self.ids)
            & Domain("single_thread", "=", True)
        )
        held = {bond.relationship_id.id: bond for bond in bonds}
        for relationship in self:
            bond = held.get(relationship._origin.id)
            relationship.thread_user_id = bond.user_id if bond else False
            relationship.thread_share = bond.share if bond else 0.0
            relationship.thread_notice = bond and self.env._(
                "%(name)s holds %(share)s of the trust: it would leave with them. "
                "Bring in a second colleague.",
                name=bond.user_id.name,
                share=f"{bond.share:.0%}",
            )

    @api.depends_context("uid", "lang")
    def _compute_colleague(self):
        best = self._best_colleagues()
        for relationship in self:
            found = best.get(relationship._origin.id)
            relationship.colleague_id = found[0] if found else False
            relationship.colleague_reason = found[1] if found else False

    # BUSINESS

    def _best_colleagues(self, without=None):
        """Return ``{relationship id: (user, reason)}`` where there is one, in sets.

        :param without: users who are not asked, e.g. who leaves
        """
        with_customer = self.filtered("partner_id")
        users = self._get_candidates() - (without or self.env["res.users"])
        partners = with_customer.sudo().partner_id
        likes = (partners | users.partner_id)._get_trust_interests()
        shares = self._get_readable_shares(users)
        best = {}
        for relationship in with_customer:
            theirs = likes.get(relationship.sudo().partner_id.id, set())
            known = shares.get(relationship.id, {})
            choice = relationship._choose_colleague(users, theirs, likes, known)
            if choice:
                best[relationship.id] = choice
        return best

    def _get_candidates(self):
        """Return the colleagues who work with customers here (public knowledge)."""
        group = self.env.ref(USER).id
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [("all_group_ids", "in", group), ("share", "=", False)],
                order="name, id",
            )
        )

    def _get_readable_shares(self, users):
        """Return ``{relationship id: {user: share}}`` of bonds the reader may see."""
        bonds = self.env["trust.bond"].search(
            [("relationship_id", "in", self.ids), ("user_id", "in", users.ids)]
        )
        shares = defaultdict(dict)
        for bond in bonds:
            shares[bond.relationship_id.id][bond.user_id.id] = bond.share
        return shares

    def _choose_colleague(self, users, theirs, likes, known):
        """Return (user, reason) of who suits this customer best, None for nobody."""
        best, choice = 0.0, None
        taken = self.user_id
        for user in users:
            share = known.get(user.id, 0.0)
            mine = likes.get(user.partner_id.id, set())
            value = fit(jaccard(theirs, mine), share)
            if user == taken or share >= SINGLE_THREAD["share"] or value <= best:
                continue
            if self.company_id in user.company_ids:
                best, choice = value, (user, theirs & mine, share)
        return choice and (choice[0].sudo(False), self._get_reason(*choice[1:]))

    def _get_reason(self, shared, share):
        """One sentence in the reader's language."""
        parts = []
        if shared:
            names = format_list(self.env, self._get_interest_names(shared))
            parts.append(self.env._("both like %(what)s", what=names))
        if share:
            parts.append(self.env._("known there already"))
        return join_words(self.env, parts)

    def _get_interest_names(self, ids):
        """Return the names of interests, as the reader may see them."""
        field = self.env["res.partner"]._fields[INTERESTS]
        return self.env[field.comodel_name].browse(sorted(ids)).mapped("display_name")

    # ACTIONS

    def action_hand_over(self):
        """Choose who takes these customers over."""
        return self.env["trust.handover.pass"]._open_for(self.partner_id)
