# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def write(self, vals):
        result = super().write(vals)
        if "date_done" in vals:
            self.sudo().sale_id._collect_trust_evidence()
        return result

    def action_cancel(self):
        result = super().action_cancel()
        self.sudo().sale_id._collect_trust_evidence()
        return result
