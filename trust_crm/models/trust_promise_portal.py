# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models

from .trust_promise import PENDING


class TrustPromise(models.Model):
    """The customer's door to what we promised them.

    Only a promise of ours that is marked as visible is there; whoever marks it sends
    the customer the link, once for each promise.
    """

    _inherit = "trust.promise"  # pylint: disable=consider-merging-classes-inherited

    customer_words = fields.Char(
        "In their words", readonly=True, copy=False, help="What the customer added."
    )
    shared_date = fields.Datetime(
        "Link sent", readonly=True, copy=False, groups="base.group_user"
    )

    # COMPUTE

    def _compute_access_url(self):
        for promise in self:
            promise.access_url = f"/my/promises/{promise.id}"

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        promises = super().create(vals_list)
        promises._share()
        return promises

    def write(self, vals):
        result = super().write(vals)
        if {"shared", "partner_id", "direction"} & vals.keys():
            self._share()
        return result

    # BUSINESS

    def _is_at_door(self):
        """Does the customer see this promise?"""
        return self.shared and self.direction == "ours"

    @api.model
    def _get_door_domain(self, partner):
        """Promises that a person sees on the portal: made to their company's people."""
        return fields.Domain(
            [
                ("shared", "=", True),
                ("direction", "=", "ours"),
                ("partner_id", "child_of", partner.commercial_partner_id.ids),
            ]
        )

    def _share(self):
        """Send the link for what is newly visible and still to be kept."""
        template = self.env.ref(
            "trust_crm.mail_template_promise_shared", raise_if_not_found=False
        )
        for promise in self.filtered(lambda p: p._is_at_door()).sudo():
            promise._portal_ensure_token()
            if promise.shared_date or promise.state not in PENDING:
                continue
            if template and template.active and promise.partner_id.email:
                promise.shared_date = fields.Datetime.now()
                promise.sudo(False).message_post_with_source(
                    template,
                    subtype_xmlid="mail.mt_comment",
                    email_layout_xmlid="mail.mail_notification_light",
                )

    def _is_open_to_answer(self, kept):
        """Can the customer say that now? The same word twice changes nothing."""
        self.ensure_one()
        if not self._is_at_door() or self.state == "cancelled":
            return False
        if kept:
            return self.customer_answer != "kept"
        due = self.deadline_at <= fields.Datetime.now()
        return self.customer_answer != "not_kept" and (due or self.state not in PENDING)

    def _customer_answers(self, kept, sentence="", author=None):
        """Note the word that a customer left at their door.

        :param bool kept: whether they hold the promise for kept
        :param sentence: what they add; plain text
        :param author: partner who speaks, when not the promise's own
        """
        self.ensure_one()
        promise = self.sudo()
        promise._customer_says(kept, sentence, author)
        promise.customer_words = sentence
        if not kept:
            promise._notify_activity("disputed", fields.Datetime.now())

    def _get_activity_summary(self, kind, names):
        if kind == "disputed":
            return self.env._("%(customer)s says it was not kept: %(name)s", **names)
        return super()._get_activity_summary(kind, names)
