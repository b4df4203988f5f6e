# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.exceptions import AccessError

EMPLOYEES = {"user_id", "told_by_id", "create_uid", "write_uid"}


class TrustUnrankedMixin(models.AbstractModel):
    """No ranking of employees: what its rows say is not counted by employee.

    Neither straight nor on a path, as through the customer's salesperson.
    """

    _name = "trust.unranked.mixin"
    _description = "Not Counted by Employee"

    # ORM

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        result = super().fields_get(allfields, attributes)
        for name in EMPLOYEES & result.keys():
            if "groupable" in result[name]:
                result[name]["groupable"] = False
        return result

    def _read_group_groupby(self, alias, groupby_spec, query):
        path = groupby_spec.split(":")[0].split(".")
        if EMPLOYEES & set(path) and not self.env.su:
            raise AccessError(self._say_unranked())
        return super()._read_group_groupby(alias, groupby_spec, query)

    # BUSINESS

    def _say_unranked(self):
        """Return why nothing is counted here by employee, and what there is instead."""
        raise NotImplementedError
