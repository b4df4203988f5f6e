# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.http import request

MEMBERS = "trust_crm.group_trust_user"
OURS = ("/my/promises", "/my/complaints", "/my/trust-data", "/trust/")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the browser who uses Trust: it need not ask, for nobody."""
        info = super().session_info()
        groups = info.get("groups", {})
        return info | {"groups": groups | {MEMBERS: self.env.user.has_group(MEMBERS)}}

    @classmethod
    def _dispatch(cls, endpoint):
        """A form with a field "self" would crash the call of any route: not ours."""
        if request.httprequest.path.startswith(OURS):
            request.params.pop("self", None)
        return super()._dispatch(endpoint)
