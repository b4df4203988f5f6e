# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models

PERCENT = ("little", "old")
DAYS = ("corrective",)
COUNTED = ("slip_team", "slip_kind", "slip_customer")


class TrustReviewFinding(models.Model):
    """What a finding says: one plain sentence from the frozen facts.

    Only names that every user of Trust knows (rings) and numbers go into it: whoever
    reads the line may not read the documents behind it.
    """

    _inherit = "trust.review.finding"

    # BUSINESS

    def _say_figure(self, value):
        if self.kind in PERCENT:
            return self.env._("%(percent)s%% sure", percent=round(100 * value))
        if self.kind in DAYS:
            return self.env._("%(days)s days", days=round(value))
        if self.kind in COUNTED:
            if round(value) == 1:
                return self.env._("1 slip")
            return self.env._("%(count)s slips", count=round(value))
        return str(round(value))

    def _say_reason(self):
        self.ensure_one()
        said = getattr(self, f"_say_{self.part}")(self.facts or {})
        if self.is_carried:
            return self.env._("Carried over. %(reason)s", reason=said)
        return said

    def _say_moved(self, facts):
        points = round(self.value_now - self.value_before)
        if facts.get("from") == facts.get("to"):
            if points > 0:
                return self.env._("Up %(points)s points", points=points)
            return self.env._("Down %(points)s points", points=-points)
        circles = self.env["trust.circle"].sudo()
        rings = {
            way: circles.browse(facts.get(name)).exists().name or "–"
            for way, name in (("old", "from"), ("new", "to"))
        }
        if not points:
            return self.env._("From %(old)s to %(new)s", **rings)
        return self.env._(
            "From %(old)s to %(new)s, %(points)s points", points=f"{points:+d}", **rings
        )

    def _say_thin(self, facts):
        told = self._say_held(facts)
        if facts.get("worth") == "turnover":
            return self.env._("Buys from us; %(told)s", told=told)
        if facts.get("worth") == "leads":
            return self.env._("Has an open opportunity; %(told)s", told=told)
        return self.env._("Stands close to us; %(told)s", told=told)

    def _say_held(self, facts):
        count, days = facts.get("count", 0), facts.get("days")
        if not count:
            return self.env._("nothing is known")
        if self.kind == "old":
            return self.env._("nothing new for %(days)s days", days=days)
        if count == 1:
            return (
                self.env._("one fact, %(days)s days old", days=days)
                if days
                else self.env._("one fact, a fresh one")
            )
        if not days:
            return self.env._("%(count)s facts, the last one fresh", count=count)
        return self.env._(
            "%(count)s facts, the last one %(days)s days old", count=count, days=days
        )

    def _say_promise(self, facts):
        promises = facts.get("promises", 0)
        slips = round(self.value_now)
        if promises == slips:
            return (
                self.env._("One promise slipped")
                if slips == 1
                else self.env._("%(count)s promises slipped", count=slips)
            )
        return (
            self.env._("One promise slipped %(slips)s times", slips=slips)
            if promises == 1
            else self.env._(
                "%(count)s promises slipped %(slips)s times in all",
                count=promises,
                slips=slips,
            )
        )

    def _say_touchpoint(self, facts):
        told = (
            self.env._(
                "%(bad)s bad and %(good)s good facts in 90 days",
                bad=facts.get("bad", 0),
                good=facts.get("good", 0),
            )
            if facts.get("bad") or facts.get("good")
            else self.env._("the team says so")
        )
        if facts.get("measured"):
            return self.env._("With a counter-measure; %(told)s", told=told)
        return self.env._("Without a counter-measure; %(told)s", told=told)

    def _say_loop(self, facts):
        days = facts.get("days", 0)
        if self.kind == "crisis":
            return self._say_crisis(facts, days)
        if self.kind == "unrecovered":
            return self.env._("After a complaint the customer says: trust is not back")
        if days > 0:
            return self.env._(
                "A corrective action of a complaint is %(days)s days late", days=days
            )
        return self.env._("A corrective action of a complaint is still to be done")

    def _say_crisis(self, facts, days):
        if facts.get("customers", 1) > 1:
            return self.env._(
                "One cause hits %(count)s customers, for %(days)s days",
                count=facts["customers"],
                days=days,
            )
        if facts.get("active"):
            return self.env._("A crisis worked on for %(days)s days", days=days)
        return self.env._("A crisis undecided for %(days)s days", days=days)
