# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .trust_contact_act import CALL
from .trust_relationship_cadence import PARTNER_FLAGS
from .trust_today_aside import KINDS

# Nobody calls on more people in one day; the list behind the title has them all.
SHOWN = 20
SHOWN_OF_PARTNER = (*PARTNER_FLAGS, "complete_name", "commercial_partner_id")
KINDS["contact"] = ("trust.relationship", 7)


class TrustTodayAside(models.Model):
    _inherit = "trust.today.aside"

    kind = fields.Selection(
        selection_add=[("contact", "Person to contact")],
        ondelete={"contact": "cascade"},
    )


class TrustToday(models.AbstractModel):
    """People of mine to be in touch with (S16): innermost circle first."""

    _inherit = "trust.today"

    def _section_contacts(self, day):
        relationships = self.env["trust.relationship"]
        hidden = [res_id for kind, res_id in day.aside if kind == "contact"]
        domain = (
            relationships._get_due_domain()
            & Domain("company_id", "=", self.env.company.id)
            & Domain("user_id", "=", self.env.uid)
            & Domain("id", "not in", hidden)
        )
        due = relationships.search(
            domain,
            order="circle_id desc, next_contact_date, id",
            limit=min(day.limit, SHOWN),
        )
        # No more of the customers than is shown: their rows are wide.
        due.sudo().partner_id.fetch(SHOWN_OF_PARTNER)
        topics = self._get_topics(due.partner_id)
        return {
            "title": self.env._("People to contact"),
            "empty": self.env._("You are in touch with everybody as you mean to be."),
            "summary": self.env._("1 person to contact")
            if len(due) == 1
            else self.env._("%(count)s people to contact", count=len(due)),
            "minutes": 10,
            "total": len(due),
            "all": "trust_crm.trust_contact_action",
            "items": [self._prepare_contact(found, topics, day) for found in due],
        }

    def _prepare_contact(self, relationship, topics, day):
        """Who contacted them last stays on the customer's page, for who may know."""
        words, _tone = self._say_day(day, relationship.next_contact_date)
        overdue = relationship.contact_due == "overdue"
        topic = next(iter(topics.get(relationship.partner_id.id) or ()), "")
        return self._prepare_item(
            "contact",
            relationship,
            who=relationship.sudo().partner_id.complete_name
            or relationship.display_name,
            what=topic,
            reason=self._join(
                relationship._say_contact_reason(by=False), relationship.circle_id.name
            ),
            tag=(words, "late" if overdue else "soon"),
            partner=relationship.partner_id,
            actions=[
                ("called", self.env._("Called")),
                ("write", self.env._("Write")),
                ("plan", self.env._("Plan a call")),
                ("aside", self.env._("Not now")),
            ],
        )

    # ACTIONS

    def _act_contact_called(self, res_id):
        relationship = self.env["trust.relationship"].browse(res_id)
        message = relationship._log_call()
        done = self.env._("Called: %s", relationship.display_name)
        return self._done(done, ["contact_call", message.id, "undo"])

    def _act_contact_call_undo(self, res_id):
        """Take back a call that I logged today: it leaves nothing behind."""
        message = self.env["mail.message"].browse(res_id).exists().sudo()
        call = self.env.ref(CALL)
        mine = message.create_uid == self.env.user
        if not mine or message.mail_activity_type_id != call or self._is_old(message):
            raise UserError(
                self.env._("Only a call logged just now can be taken back.")
            )
        self._forget_call(message, call)
        return self._done(self.env._("Not called."))

    def _act_contact_write(self, res_id):
        return self._open(
            self.env["trust.relationship"].browse(res_id).action_contact_write()
        )

    def _act_contact_plan(self, res_id):
        return self._open(
            self.env["trust.relationship"].browse(res_id).action_contact_call()
        )

    # BUSINESS

    @staticmethod
    def _is_old(message):
        return message.create_date < fields.Datetime.now() - timedelta(days=1)

    def _forget_call(self, message, call):
        """Delete the message and its activity, and take back what it said."""
        domain = [
            ("res_model", "=", message.model),
            ("res_id", "=", message.res_id),
            ("activity_type_id", "=", call.id),
            ("active", "=", False),
            ("create_uid", "=", self.env.uid),
        ]
        activities = self.env["mail.activity"].sudo().with_context(active_test=False)
        activities.search(domain, order="id desc", limit=1).unlink()
        rows = (
            self.env["trust.evidence"]
            .sudo()
            .search(
                [("source_model", "=", "mail.message"), ("source_id", "=", message.id)]
                + [("state", "=", "live")]
            )
        )
        message.unlink()
        rows._void_deleted()
