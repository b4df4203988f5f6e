# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.trust_crm.models.trust_complaint_step import OPEN
from odoo.addons.trust_crm.models.trust_words import join_words

MOST = 2000


class TrustEventInvite(models.TransientModel):
    """Who may be chosen, by what, and who is left out.

    People of the customers whose relationship the reader may see; by interests and
    ages that the reader may see, and that we may still remember. One condition narrows
    the other.
    """

    _inherit = "trust.event.invite"  # pylint: disable=consider-merging-classes-inherited

    # CHOOSING

    def _get_people(self):
        """Return the persons who meet what was chosen.

        :raises UserError: more of them than somebody can look at
        """
        people = self.env["res.partner"].search(
            self._get_people_domain(), limit=MOST + 1, order="name, id"
        )
        if self.interest_ids:
            people &= people._filter_trust_ground("interests")
        if self.age_from or self.age_to:
            ages = self._get_ages(people)
            people = people.filtered(lambda person: self._is_of_age(ages[person.id]))
        if len(people) > MOST:
            raise UserError(
                self.env._(
                    "More than %(most)s people: choose interests, circles or places.",
                    most=MOST,
                )
            )
        return people

    def _get_people_domain(self):
        families = self.env["trust.relationship"]._search(self._get_family_domain())
        family = families.subselect(SQL.identifier(families.table, "partner_id"))
        domain = (
            Domain("is_company", "=", False)
            & Domain("partner_share", "=", True)
            & Domain("commercial_partner_id", "in", family)
        )
        if self.interest_ids:
            domain &= Domain("trust_interest_ids", "in", self.interest_ids.ids)
        if self.occupation:
            domain &= Domain("function", "ilike", self.occupation.strip())
        if self.category_ids:
            domain &= Domain("category_id", "child_of", self.category_ids.ids)
        if self.city:
            domain &= Domain("city", "ilike", self.city.strip())
        if self.user_ids:
            domain &= Domain("user_id", "in", self.user_ids.ids) | (
                Domain("user_id", "=", False)
                & Domain("commercial_partner_id.user_id", "in", self.user_ids.ids)
            )
        return domain

    def _get_family_domain(self):
        """The customers of the event's company, of whom the reader may know."""
        domain = Domain("is_commercial", "=", True) & Domain("partner_id", "!=", False)
        companies = self.event_id.sudo().company_id or self.env.companies
        domain &= Domain("company_id", "in", companies.ids)
        if self.circle_ids:
            domain &= Domain("circle_id", "in", self.circle_ids.ids)
        return domain

    def _get_ages(self, people):
        return people._trust_age(self.event_id.sudo().date_begin.date())

    def _is_of_age(self, age):
        """Whoever's age is not known is in no band."""
        if age is None:
            return False
        return self.age_from <= age and (not self.age_to or age <= self.age_to)

    # WHY

    def _get_reasons(self, people):
        """{id: "likes Sailing · Insider · Kiel"}: what was chosen, and circle, town."""
        circles = self._get_circles(people)
        by_age = self.age_from or self.age_to
        ages = self._get_ages(people) if by_age else {}
        reasons = {}
        for person in people:
            liked = (person.trust_interest_ids & self.interest_ids).mapped("name")
            owner = person.user_id or person.commercial_partner_id.user_id
            words = [
                liked
                and self.env._("likes %(what)s", what=join_words(self.env, liked)),
                circles.get(person.commercial_partner_id.id),
                by_age and self.env._("%(age)s years", age=ages[person.id]),
                self.occupation and person.function,
                self.category_ids
                and join_words(self.env, person.category_id.mapped("display_name")),
                person.city,
                self.user_ids and owner.name,
            ]
            reasons[person.id] = " · ".join(word for word in words if word)
        return reasons

    def _get_circles(self, people):
        """{id of the company: name of its circle}"""
        families = people.commercial_partner_id
        relationships = self.env["trust.relationship"].search_fetch(
            self._get_family_domain() & Domain("partner_id", "in", families.ids),
            ("partner_id", "circle_id"),
        )
        return {one.partner_id.id: one.circle_id.name for one in relationships}

    # LEFT OUT

    def _get_left_out(self, people):
        """{id: why this person is not invited}; the first reason that holds."""
        refused = self._get_refused(people)
        complaining = self._get_complaining(people)
        registered, invited = self._get_registered(people), self._get_invited(people)
        seen, found = set(), {}
        for person in people:
            email = person.email_normalized
            checks = {
                "no_contact": person.trust_no_contact,
                "no_email": not email,
                "opted_out": person.id in refused,
                "complaint": person.commercial_partner_id.id in complaining,
                "registered": {person.id, email} & registered,
                "invited": {person.id, email} & invited,
                "same_email": email in seen,
            }
            reason = next((code for code, holds in checks.items() if holds), None)
            if reason:
                found[person.id] = reason
            else:
                seen.add(email)
        return found

    def _get_refused(self, people):
        """Ids of those who are blacklisted, or left a list (the ledger says so)."""
        blacklisted = self.env["trust.feedback"]._get_blacklisted(people)
        told = self.env["trust.evidence"].sudo()
        left = told.search(
            [
                ("partner_id", "in", people.ids),
                ("signal_id.code", "=", "opted_out"),
                ("state", "=", "live"),
            ]
        )
        listed = people.filtered(lambda p: p.email_normalized in blacklisted)
        return {*left.partner_id.ids, *listed.ids}

    def _get_complaining(self, people):
        groups = (
            self.env["trust.complaint"]
            .sudo()
            ._read_group(
                [
                    ("commercial_partner_id", "in", people.commercial_partner_id.ids),
                    ("step_code", "in", OPEN),
                ],
                ["commercial_partner_id"],
            )
        )
        return {family.id for (family,) in groups}

    def _get_registered(self, people):
        """Ids and addresses of who has a registration that was not cancelled."""
        registrations = self.env["event.registration"].sudo()
        found = registrations.search(
            [("event_id", "=", self.event_id.id), ("state", "!=", "cancel")]
        )
        emails = {(email or "").strip().lower() for email in found.mapped("email")}
        return {*found.partner_id.ids, *emails} - {""}

    def _get_invited(self, people):
        """Ids and addresses of who was invited to this event."""
        invitations = self.env["trust.event.invitation"].sudo()
        found = invitations.search([("event_id", "=", self.event_id.id)]).partner_id
        return {*found.ids, *found.mapped("email_normalized")} - {False}
