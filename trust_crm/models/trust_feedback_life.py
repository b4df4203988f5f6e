# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 1000


class TrustFeedback(models.Model):
    """The end of a link: its time ran out, or the person is gone."""

    _inherit = "trust.feedback"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    @api.model
    def _cron_expire(self):
        """Links close at their moment by themselves; this only writes it down."""
        over = Domain(
            [("state", "=", "sent"), ("date_expiry", "<=", fields.Datetime.now())]
        )
        cron = self.env["ir.cron"]
        left = cron._commit_progress(remaining=self.search_count(over))
        while left:
            batch = self.search(over, limit=BATCH).try_lock_for_update()
            if not batch:
                return
            batch._close("time")
            left = cron._commit_progress(len(batch))

    def _close(self, reason):
        """Close links for good: a new nonce, no mail on its way, nothing to wait for.

        What was answered stays answered; its link opens nothing any more.
        """
        for feedback in self.sudo():
            ended = {"state": "expired", "end_reason": reason}
            waiting = feedback.state == "sent"
            feedback.write({"nonce": self._new_nonce(), **(ended if waiting else {})})
        unsent = self.env["mail.mail"].sudo()
        unsent.search(
            [
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "in", ("outgoing", "exception")),
            ]
        ).write({"state": "cancel"})


class ResPartner(models.Model):
    """Whoever is archived, merged or deleted is asked nothing any more."""

    _inherit = "res.partner"

    # ORM

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._close_feedback("archived")
        return super().write(vals)

    def unlink(self):
        self._close_feedback("erased")
        return super().unlink()

    # BUSINESS

    def _close_feedback(self, reason):
        if self.ids:
            given = self.env["trust.feedback"].sudo()
            domain = [
                ("partner_id", "in", self.ids),
                ("state", "in", ("sent", "answered")),
            ]
            given.search(domain)._close(reason)
