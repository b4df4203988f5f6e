# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models
from odoo.fields import Command, Domain

from .trust_promise import UNFULFILLED


class TrustHandover(models.Model):
    """The word that was given goes over with the customer: no promise is lost."""

    _inherit = "trust.handover"

    # BUSINESS

    def _pass_promises(self):
        """Give what the former salesperson still owes to the new one, in sets."""
        able = self.filtered(lambda h: h.new_user_id._can_take_over())
        found = able._find_promises()
        for handover in able:
            if promises := found[handover]:
                handover.promise_ids = [Command.link(id_) for id_ in promises.ids]
        able._settle_promise_step()
        for new_user, part in able.grouped("new_user_id").items():
            promises = self.env["trust.promise"].union(*(found[h] for h in part))
            promises._pass_on(new_user)

    def _find_promises(self):
        """Return ``{handover: promises the former salesperson owes its people}``."""
        partners = self.partner_id
        owed = self.env["trust.promise"].search(
            Domain("state", "in", UNFULFILLED)
            & Domain("user_id", "in", self.old_user_id.ids)
            & (
                Domain("partner_id", "in", partners.ids)
                | Domain("partner_id.commercial_partner_id", "in", partners.ids)
            )
        )
        groups = {}
        for promise in owed:
            partner = promise.partner_id
            for customer in {partner, partner.commercial_partner_id}:
                key = customer, promise.company_id, promise.user_id
                groups.setdefault(key, owed.browse())
                groups[key] |= promise
        return {
            h: groups.get((h.partner_id, h.company_id, h.old_user_id), owed.browse())
            for h in self
        }

    def _settle_promise_step(self):
        """That step is done without anybody (how many went, it says itself)."""
        steps = self.step_ids.filtered(lambda step: step.kind == "promises")
        steps.write(
            {
                "state": "done",
                "date_done": fields.Datetime.now(),
                "done_user_id": self.env.uid,
            }
        )

    def _pass_again(self, user):
        """The customer went on to ``user``, or back: so do the promises."""
        self.ensure_one()
        if user and user._can_take_over():
            self.promise_ids.filtered(
                lambda p: p.state in UNFULFILLED and p.user_id == self.new_user_id
            )._pass_on(user)


class TrustPromise(models.Model):
    """A promise finds another keeper."""

    _inherit = "trust.promise"

    def _pass_on(self, user):
        """Make ``user`` the one who keeps these, and say so in each history (sudo)."""
        moved = self.filtered(lambda p: p.user_id != user)
        if not moved:
            return
        bodies = {
            promise.id: self.env._(
                "Passed on with the customer, from %(old)s to %(new)s.",
                old=promise.user_id.name,
                new=user.name,
            )
            for promise in moved
        }
        moved._get_activities().with_context(mail_activity_quick_update=True).write(
            {"user_id": user.id}
        )
        moved.write({"user_id": user.id})
        moved._message_log_batch(bodies=bodies)
