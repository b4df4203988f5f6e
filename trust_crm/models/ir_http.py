# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.http import request

OURS = ("/my/promises", "/my/complaints", "/my/trust-data", "/trust/")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        """A form with a field "self" would crash the call of any route: not ours."""
        if request.httprequest.path.startswith(OURS):
            request.params.pop("self", None)
        return super()._dispatch(endpoint)
