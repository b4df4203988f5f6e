# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .trust_complaint_recovery import GOOD


class DigestDigest(models.Model):
    """What the periodic mail says of trust (I8): promises, recovery, movers.

    Each figure is read with the rights of whom the mail goes to; who has no right to
    trust gets the mail without it.
    """

    _inherit = "digest.digest"

    kpi_trust_promises = fields.Boolean("Promises Kept in Time")
    kpi_trust_promises_value = fields.Float(
        compute="_compute_kpi_trust_promises_value", export_string_translation=False
    )
    kpi_trust_recovered = fields.Boolean("Complaints After Which Trust Came Back")
    kpi_trust_recovered_value = fields.Integer(
        compute="_compute_kpi_trust_recovered_value", export_string_translation=False
    )
    kpi_trust_closer = fields.Boolean("Customers Whose Trust Rose")
    kpi_trust_closer_value = fields.Integer(
        compute="_compute_kpi_trust_closer_value", export_string_translation=False
    )
    kpi_trust_further = fields.Boolean("Customers Whose Trust Fell")
    kpi_trust_further_value = fields.Integer(
        compute="_compute_kpi_trust_further_value", export_string_translation=False
    )

    # COMPUTE

    def _compute_kpi_trust_promises_value(self):
        self._check_trust_reader()
        start, end, companies = self._get_kpi_compute_parameters()
        rates = self.env["trust.promise.report"]._read_group(
            self._get_trust_promises_domain(start, end, companies),
            ["company_id"],
            ["kept_rate:avg"],
        )
        self._set_per_company("kpi_trust_promises_value", rates)

    def _compute_kpi_trust_recovered_value(self):
        self._check_trust_reader()
        self._calculate_company_based_kpi(
            "trust.feedback",
            "kpi_trust_recovered_value",
            date_field="date_answered",
            additional_domain=[("kind", "=", "recovery"), ("overall", ">=", GOOD)],
        )

    # One method each: the mail reads span after span and forgets one field at a time.
    def _compute_kpi_trust_closer_value(self):
        self._set_per_company("kpi_trust_closer_value", self._count_trust_moved(0))

    def _compute_kpi_trust_further_value(self):
        self._set_per_company("kpi_trust_further_value", self._count_trust_moved(1))

    # BUSINESS

    def _check_trust_reader(self):
        if not self.env.user.has_group("trust_crm.group_trust_user"):
            raise AccessError(
                self.env._("Figures about trust go to users of Trust only.")
            )

    @api.model
    def _get_trust_promises_domain(self, start, end, companies):
        """Promises due between two moments; without moments, ever.

        :param start: datetime as text, or False
        """
        return Domain("company_id", "in", companies.ids) & Domain.AND(
            Domain("date_deadline", operator, moment[:10])
            for operator, moment in ((">=", start), ("<", end))
            if moment
        )

    def _compute_kpis(self, company, user):
        kpis = super()._compute_kpis(company, user)
        for kpi in kpis:
            if kpi["kpi_name"] == "kpi_trust_promises":
                self._say_trust_promises(kpi, company, user)
        return kpis

    def _say_trust_promises(self, kpi, company, user):
        """Show a share as one; where no promise was due there is none."""
        reports = self.env["trust.promise.report"].with_user(user).with_company(company)
        companies = self.company_id or company
        for number, (_name, spans) in enumerate(self._compute_timeframes(company), 1):
            start, end = map(fields.Datetime.to_string, spans[0])
            [(due,)] = reports._read_group(
                self._get_trust_promises_domain(start, end, companies),
                [],
                ["kept_rate:count"],
            )
            column = kpi[f"kpi_col{number}"]
            column["value"] = f"{float(column['value']):.0f} %" if due else "–"
            column["margin"] = due and column["margin"]

    def _count_trust_moved(self, way):
        """Return the list of (company, customers who moved up (0) or down (1))."""
        self._check_trust_reader()
        start, end, companies = self._get_kpi_compute_parameters()
        if not start or not end:
            return []
        moved = self.env["trust.snapshot"]._count_moved(start, end, companies)
        return [(company, counts[way]) for company, counts in moved.items()]

    def _set_per_company(self, name, values):
        """Give each digest the value of its company.

        :param values: list of (company, value)
        """
        found = {company.id: value for company, value in values}
        for digest in self:
            company = digest.company_id or self.env.company
            digest[name] = found.get(company.id) or 0

    def _compute_kpis_actions(self, company, user):
        menu = self.env.ref("trust_crm.menu_trust_root").id
        customers = f"trust_crm.trust_relationship_action?menu_id={menu}"
        return {
            **super()._compute_kpis_actions(company, user),
            "kpi_trust_promises": (
                f"trust_crm.trust_promise_report_action?menu_id={menu}"
            ),
            "kpi_trust_recovered": (
                f"trust_crm.trust_complaint_report_action?menu_id={menu}"
            ),
            "kpi_trust_closer": customers,
            "kpi_trust_further": customers,
        }
