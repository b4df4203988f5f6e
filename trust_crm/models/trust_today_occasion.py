# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .trust_interest_subject import INTERESTS
from .trust_occasion_wish import NEAR
from .trust_today_aside import KINDS
from .trust_words import join_words

KINDS["occasion"] = ("trust.occasion", 1)


class TrustTodayAside(models.Model):
    _inherit = "trust.today.aside"

    kind = fields.Selection(
        selection_add=[("occasion", "Occasion")], ondelete={"occasion": "cascade"}
    )


class TrustToday(models.AbstractModel):
    """Whose day it is, or will be in three days: write, call, or not today."""

    _inherit = "trust.today"

    def _section_occasions(self, day):
        occasions, total = self._get_page(
            "trust.occasion", self._get_occasions_domain(day), day, "occasion"
        )
        people = occasions.partner_id
        topics = self._get_topics(people) if people else {}
        return {
            "title": self.env._("Days to remember"),
            "empty": self.env._("Nobody's day is near. Ask when theirs is."),
            "summary": self.env._("1 occasion")
            if total == 1
            else self.env._("%(count)s occasions", count=total),
            "minutes": 3,
            "total": total,
            "all": "trust_crm.trust_occasion_action",
            "items": [
                self._prepare_occasion(one, day, topics.get(one.partner_id.id, []))
                for one in occasions
            ],
        }

    def _get_occasions_domain(self, day):
        mine = self.env["trust.occasion"]._get_mine_domain()
        return mine & self._get_near_domain(day.today, NEAR)

    def _get_near_domain(self, today, ahead):
        """Days from ``today`` on, of people who may be wished and were not yet."""
        wished = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """EXISTS (SELECT FROM trust_occasion_notice n
                            WHERE n.occasion_id = %s AND n.day = %s
                              AND n.kind = 'wished')""",
                SQL.identifier(alias, "id"),
                SQL.identifier(alias, "next_date"),
            )
        )
        return (
            Domain("next_date", ">=", today)
            & Domain("next_date", "<=", today + ahead)
            & Domain("partner_id.active", "=", True)
            & Domain("partner_id.trust_no_contact", "!=", True)
            & ~wished
        )

    def _prepare_occasion(self, occasion, day, topics):
        person = occasion.partner_id
        write = [("write", self.env._("Write"))] if person.email else []
        return self._prepare_item(
            "occasion",
            occasion,
            who=person.name,
            what=occasion._get_title(),
            reason=self._join(
                self._say_years(occasion),
                occasion.calendar == "lunar" and self.env._("by the lunar calendar"),
                topics
                and self.env._(
                    "ask about: %(what)s", what=join_words(self.env, topics[:2])
                ),
            ),
            tag=self._say_day(day, occasion.next_date),
            partner=person,
            actions=[
                *write,
                ("wished", self.env._("Wished by phone")),
                ("card", self.env._("Sent a card")),
                ("aside", self.env._("Not today")),
            ],
        )

    def _say_years(self, occasion):
        """Turns 40, or 10 years ago; nothing when the year is not known."""
        first = occasion._get_first_date()
        if not first:
            return False
        years = round((occasion.next_date - first).days / 365.2425)
        if occasion.kind == "birthday":
            return self.env._("turns %(years)s", years=years)
        return years > 0 and self.env._("%(years)s years", years=years)

    # TOPICS

    def _get_topics(self, partners):
        """What people care about is worth talking about."""
        topics = super()._get_topics(partners)
        people = self.env["res.partner"].search_fetch(
            Domain("id", "in", partners.ids) & Domain(INTERESTS, "!=", False),
            [INTERESTS],
        )
        for person in people:
            topics[person.id] += person[INTERESTS].mapped("name")
        return topics

    # ACTIONS

    def _act_occasion_write(self, res_id):
        return self._open(self.env["trust.occasion"].browse(res_id).action_write())

    def _act_occasion_wished(self, res_id):
        return self._wish_occasion(res_id, "call")

    def _act_occasion_card(self, res_id):
        return self._wish_occasion(res_id, "card")

    def _wish_occasion(self, res_id, how):
        occasion = self.env["trust.occasion"].browse(res_id)
        occasion._note_wish(how)
        message = self.env._("Wished: %s", occasion.display_name)
        return self._done(message, ["occasion", res_id, "unwish"])

    def _act_occasion_unwish(self, res_id):
        self.env["trust.occasion"].browse(res_id).action_unwish()
        return self._done(self.env._("Back on the page."))
