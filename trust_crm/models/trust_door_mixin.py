# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models


class TrustDoorMixin(models.AbstractModel):
    """A document that the customer opens on the portal and speaks about.

    The customer's word counts more than ours, so the key to their door must not lie
    about in our house: employees neither read the token nor get links that carry it.
    The system puts it into the mails that go to the customer.
    """

    _name = "trust.door.mixin"
    _description = "Document with a door for the customer"
    _inherit = ["portal.mixin", "mail.thread"]

    access_token = fields.Char(groups="base.group_system")

    def _portal_ensure_token(self):
        return super(TrustDoorMixin, self.sudo())._portal_ensure_token()

    def _sign_token(self, pid):
        return super(TrustDoorMixin, self.sudo())._sign_token(pid)

    def _get_share_url(
        self, redirect=False, signup_partner=False, pid=None, share_token=True
    ):
        """Without token for colleagues; for all others as Odoo does."""
        self.check_access("read")
        internal = self.env.user._is_internal() and not self.env.su
        return super(TrustDoorMixin, self.sudo())._get_share_url(
            redirect=redirect,
            signup_partner=signup_partner and not internal,
            pid=None if internal else pid,
            share_token=share_token and not internal,
        )

    def get_portal_url(
        self,
        suffix=None,
        report_type=None,
        download=None,
        query_string=None,
        anchor=None,
    ):
        """The bare address for a colleague; the mail's button has the key."""
        if self.env.user._is_internal() and not self.env.su:
            return f"{self.access_url}{suffix or ''}"
        return super().get_portal_url(
            suffix=suffix,
            report_type=report_type,
            download=download,
            query_string=query_string,
            anchor=anchor,
        )
