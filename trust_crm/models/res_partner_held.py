# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

MOST = 50


class ResPartner(models.Model):
    """What we hold about a person, as they see it on the portal.

    Facts and words, never a weight, a score or a note of ours.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    trust_no_contact = fields.Boolean(
        "No Friendly Contact",
        prefetch="trust",
        copy=False,
        groups="trust_crm.group_trust_user,trust_crm.group_trust_privacy",
        help="This person wants no contact beyond what their orders and complaints "
        "need.",
    )

    # BUSINESS

    def _get_held_facts_domain(self):
        """Live facts of the ledger about this very person."""
        self.ensure_one()
        return fields.Domain([("partner_id", "=", self.id), ("state", "=", "live")])

    def _get_held_feedback(self):
        """What this person answered when they were asked, newest first.

        :return: list of {date, rating (0: none given), about, words (list)}
        """
        self.ensure_one()
        ratings = (
            self.env["rating.rating"]
            .sudo()
            .search(
                [("partner_id", "=", self.id), ("consumed", "=", True)],
                order="write_date desc",
                limit=MOST,
            )
        )
        answers = (
            self.env["trust.feedback"]
            .sudo()
            .search(
                [("partner_id", "=", self.id), ("state", "=", "answered")],
                order="date_answered desc",
                limit=MOST,
            )
        )
        told = [
            {
                "date": rating.rated_on or rating.write_date,
                "rating": int(rating.rating),
                "about": False,
                "words": [rating.feedback],
            }
            for rating in ratings
        ] + [
            {
                "date": answer.date_answered,
                "rating": answer.overall,
                "about": answer.about_name,
                "words": [answer.make_it_five, answer.one_thing],
            }
            for answer in answers
        ]
        return sorted(told, key=lambda one: one["date"], reverse=True)

    def _trust_wish(self, kind):
        """Fulfil what a person may decide alone; anything else is no such wish.

        :return: whether something changed
        """
        self.ensure_one()
        name, value = {
            "no_scoring": ("trust_scoring", "never"),
            "scoring": ("trust_scoring", False),
            "no_contact": ("trust_no_contact", True),
            "contact": ("trust_no_contact", False),
        }[kind]
        person = self.sudo()
        if person[name] == value or kind == "scoring" and person[name] != "never":
            return False
        person[name] = value
        self.env["trust.data.request"]._note_done(self, kind)
        return True
