# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from .trust_subject_mixin import GROUP as USER

ACTIVITY_TYPE = "trust_crm.mail_activity_type_handover"
SILENT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_activity_quick_update": True,
}


class TrustHandover(models.Model):
    """How handovers begin, turn and end. All in sets: a leaver has 200 customers."""

    _inherit = "trust.handover"

    # ACTIONS

    def action_reopen(self):
        """Take a closed handover up again."""
        self.check_access("read")
        if self.filtered(lambda h: h.state not in ("done", "skipped")):
            raise UserError(self.env._("Only a closed handover can be reopened."))
        self.sudo().write({"state": "open", "date_done": False, "reason": False})
        self.sudo()._schedule_activities()

    # BEGIN

    @api.model
    def _follow(self, old_users):
        """The salespeople of customers changed (in sudo).

        :param old_users: ``{partner id: user id until now, or False}``
        """
        partners = self.env["res.partner"].browse(old_users)
        going = self.search(
            [("partner_id", "in", partners.ids), ("state", "=", "open")]
        )
        going._redirect()
        known = {(h.partner_id.id, h.company_id.id) for h in going}
        self._begin(
            [
                self._prepare_from_bond(bond, old_users)
                for bond in self._get_holding_bonds(partners)
                if (bond.partner_id.id, bond.company_id.id) not in known
            ]
        )

    @api.model
    def _get_holding_bonds(self, partners):
        """Return the bonds that hold the trust alone, of customers given to others.

        A contact whose company is handed over comes along with it.
        """
        chosen = partners.filtered("user_id")
        companies = chosen.commercial_partner_id
        going = self.search(
            [("partner_id", "in", (companies - chosen).ids), ("state", "=", "open")]
        )
        along = (chosen & companies) | going.partner_id
        chosen = chosen.filtered(
            lambda p: (
                p.commercial_partner_id == p or p.commercial_partner_id not in along
            )
        )
        if not chosen:
            return self.env["trust.bond"]
        bonds = self.env["trust.bond"].search(
            Domain("relationship_id.partner_id", "in", chosen.ids)
            & Domain("single_thread", "=", True)
        )
        return bonds.filtered(lambda b: b.user_id != b.partner_id.user_id)

    @api.model
    def _prepare_from_bond(self, bond, old_users):
        relationship, partner = bond.relationship_id, bond.partner_id
        return {
            "partner_id": partner.id,
            "company_id": bond.company_id.id,
            "old_user_id": old_users.get(partner.id) or bond.user_id.id,
            "new_user_id": partner.user_id.id,
            "holder_id": bond.user_id.id,
            "share_before": bond.share,
            "trust_before": relationship.trust_index,
            "has_before": True,
        }

    @api.model
    def _begin(self, vals_list):
        """Open checklists, pass the promises on, tell the new owners."""
        if not vals_list:
            return self.browse()
        steps = self.env["trust.handover.step"]._prepare_all()
        commands = [Command.create(values) for values in steps]
        handovers = self.with_context(**SILENT).create(
            [values | {"step_ids": commands} for values in vals_list]
        )
        handovers._pass_promises()
        handovers._schedule_activities()
        return handovers.with_env(self.env)

    # TURN

    def _redirect(self):
        """The salesperson changed again before the handover was done."""
        back, on = self.browse(), self.browse()
        for handover in self:
            user = handover.partner_id.user_id
            if user and user in handover.holder_id | handover.old_user_id:
                handover._pass_again(user)
                back |= handover
            elif user != handover.new_user_id:
                handover._pass_again(user)
                handover.new_user_id = user
                on |= handover
        back._close("cancelled")
        on._get_activities().unlink()
        on._schedule_activities()

    # END

    def _close_settled(self):
        """Close those whose checklist has nothing left to do."""
        settled = self.sudo().filtered(
            lambda h: (
                h.state == "open" and all(step.state != "todo" for step in h.step_ids)
            )
        )
        settled._close("done")

    def _skip(self, reason):
        """Leave out the rest, with a reason that stays."""
        self.check_access("read")
        if self.filtered(lambda h: h.state != "open"):
            raise UserError(self.env._("This handover is closed already."))
        handovers = self.sudo()
        rest = handovers.step_ids.filtered(lambda step: step.state == "todo")
        rest.write(
            {
                "state": "skipped",
                "note": reason,
                "date_done": fields.Datetime.now(),
                "done_user_id": self.env.uid,
            }
        )
        handovers.write({"reason": reason})
        handovers._close("skipped")

    def _close(self, state):
        self.write({"state": state, "date_done": fields.Datetime.now()})
        self._get_activities().unlink()

    # ACTIVITIES

    def _schedule_activities(self):
        """One thing to do for each new owner who can see it."""
        kind = self.env.ref(ACTIVITY_TYPE, raise_if_not_found=False)
        told = self.filtered(lambda h: h.new_user_id._can_take_over())
        if not kind or not told:
            return
        model_id = self.env["ir.model"]._get_id(self._name)
        day = kind._get_date_deadline()
        self.env["mail.activity"].with_context(**SILENT).create(
            [
                {
                    "activity_type_id": kind.id,
                    "automated": True,
                    "res_model_id": model_id,
                    "res_id": handover.id,
                    "user_id": handover.new_user_id.id,
                    "date_deadline": day,
                    "summary": handover._get_activity_summary(),
                }
                for handover in told
            ]
        )

    def _get_activity_summary(self):
        """One line in the language of who takes over."""
        told = self.with_context(lang=self.new_user_id.lang)
        return told.env._(
            "Take over %(customer)s from %(name)s: meet together, tell the customer",
            customer=self.partner_id.display_name,
            name=self.old_user_id.name or "–",
        )

    def _get_activities(self):
        kind = self.env["ir.model.data"]._xmlid_to_res_id(ACTIVITY_TYPE)
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", kind),
            ]
        )


class ResUsers(models.Model):
    """Who can take a customer over."""

    _inherit = "res.users"

    def _can_take_over(self):
        """A colleague who is still here and works with the app."""
        self.ensure_one()
        user = self.sudo()
        return bool(user.active and not user.share and user.has_group(USER))
