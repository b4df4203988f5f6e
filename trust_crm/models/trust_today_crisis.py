# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .trust_crisis import OPEN
from .trust_crisis_life import MANAGER
from .trust_today_aside import KINDS

KINDS["crisis"] = ("trust.crisis", 1)


class TrustTodayAside(models.Model):
    _inherit = "trust.today.aside"

    kind = fields.Selection(
        selection_add=[("crisis", "Crisis")], ondelete={"crisis": "cascade"}
    )


class TrustToday(models.AbstractModel):
    """Crises in which something is up to me today (I5): before everything else."""

    _inherit = "trust.today"

    def _section_crises(self, day):
        """Nothing where there is none: most days know no crisis."""
        domain = Domain("company_id", "=", self.env.company.id)
        domain &= Domain("state", "in", OPEN)
        domain &= Domain("activity_ids", "any!", self._get_mine_today(day))
        found, total = self._get_page("trust.crisis", domain, day, "crisis")
        return total and {
            "title": self.env._("Crises"),
            "empty": self.env._("No crisis waits for you."),
            "summary": self.env._("1 crisis")
            if total == 1
            else self.env._("%(count)s crises", count=total),
            "minutes": 20,
            "total": total,
            "all": "trust_crm.trust_crisis_action",
            "items": [self._prepare_crisis(crisis, day) for crisis in found],
        }

    def _get_mine_today(self, day):
        return Domain("user_id", "=", self.env.uid) & Domain(
            "date_deadline", "<=", day.today
        )

    def _get_crisis_steps(self, crisis, day):
        """My steps that are due, the oldest first."""
        return crisis.activity_ids.filtered_domain(self._get_mine_today(day)).sorted(
            lambda step: (step.date_deadline, step.id)
        )

    def _prepare_crisis(self, crisis, day):
        proposed = crisis.state == "proposed"
        decides = proposed and self.env.user.has_group(MANAGER)
        step = self._get_crisis_steps(crisis, day)[0]
        return self._prepare_item(
            "crisis",
            crisis,
            who=crisis.name,
            what=self.env._("Is this a crisis of trust?")
            if decides
            else step.display_name,
            reason=self._join(*crisis._say_why()),
            tag=self._say_day(day, step.date_deadline),
            partner=crisis.partner_id,
            actions=[
                *([] if proposed else [("done", self.env._("Done"))]),
                ("open", self.env._("Decide") if decides else self.env._("Go on")),
                ("aside", self.env._("Not today")),
            ],
        )

    # ACTIONS

    def _act_crisis_open(self, res_id):
        """The whole form in place: whoever decides reads why first."""
        return self._open(self._open_form("trust.crisis", res_id))

    def _act_crisis_done(self, res_id):
        """The step that the line names; the next one follows on its day."""
        crisis = self.env["trust.crisis"].browse(res_id)
        steps = self._get_crisis_steps(crisis, self._get_day(1))
        if crisis.state != "active" or not steps:
            raise UserError(self.env._("This step is done already."))
        said = steps[0].display_name
        steps[0].action_feedback()
        return self._done(self.env._("Done: %s", said))
