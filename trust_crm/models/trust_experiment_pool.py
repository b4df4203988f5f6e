# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .trust_experiment_draw import MEMBER

# Who was never heard of before will hardly be in the window.
HEARD = timedelta(days=365)


class TrustExperiment(models.Model):
    """Who fits: customers who can be judged and may be contacted; willing employees."""

    _inherit = "trust.experiment"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    def _get_pool(self):
        """Return the ids of those who fit: commercial partners, or users."""
        self.ensure_one()
        if self.unit == "customer":
            return self._get_customers()
        if self.state in ("asking", "running"):
            willing = self.sudo().trial_ids.filtered(
                lambda trial: trial.answer == "yes" and not trial.arm
            )
            return willing.user_id.filtered("active").ids
        return self._get_employees()

    def _count_pool(self):
        """How many fit, without reading who."""
        if self.unit == "customer":
            relationships = self.env["trust.relationship"].sudo()
            return relationships.search_count(self._get_customers_domain())
        return len(self._get_pool())

    def _get_customers(self):
        found = (
            self.env["trust.relationship"]
            .sudo()
            .search_fetch(self._get_customers_domain(), ["partner_id"], order="id")
        )
        return found.partner_id.ids

    def _get_customers_domain(self):
        """Customers who can be judged, may be contacted, and are free."""
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("is_commercial", "=", True),
                ("partner_id.active", "=", True),
                ("partner_id.trust_no_contact", "!=", True),
                ("evidence_count", ">", 0),
                ("thin", "=", False),
            ]
        )
        if self.circle_ids:
            domain &= Domain("circle_id", "in", self.circle_ids.ids)
        if self.stage_ids:
            domain &= Domain("stage_id", "in", self.stage_ids.ids)
        if self.team_id:
            domain &= Domain("user_id", "in", self.team_id._get_trust_people().ids)
        taken = (
            self.env["trust.experiment.trial"]
            .sudo()
            ._read_group(
                Domain("partner_id", "!=", False)
                & (
                    Domain("experiment_id.state", "=", "running")
                    | Domain("experiment_id", "in", self._origin.ids)
                ),
                [],
                ["partner_id:array_agg_distinct"],
            )
        )
        domain &= Domain("partner_id", "not in", taken[0][0] or [])
        return domain & self._get_heard_domain()

    def _get_heard_domain(self):
        """Feelings and feedback only come from those of whom there were some."""
        heard = self._select_heard(fields.Datetime.now() - HEARD)
        if not heard:
            return Domain.TRUE
        self.env.flush_all()
        return Domain("partner_id", "in", SQL("(%s)", heard))

    def _select_heard(self, since):
        """SELECT the units of whom something was noted since; None for the index."""
        if self.measure == "feelings":
            documents = SQL(
                """trust_encounter d JOIN res_partner p ON p.id = d.partner_id
                    WHERE d.date > %s AND EXISTS (
                          SELECT FROM trust_encounter_feeling f
                           WHERE f.encounter_id = d.id)""",
                since,
            )
        elif self.measure == "feedback":
            documents = SQL(
                """trust_feedback d JOIN res_partner p ON p.id = d.partner_id
                    WHERE d.date_answered > %s AND d.state = 'answered'
                      AND d.overall > 0""",
                since,
            )
        else:
            return None
        unit = ("d", "user_id")
        if self.unit == "customer":
            unit = ("p", "commercial_partner_id")
        return SQL(
            "SELECT %(unit)s FROM %(documents)s AND d.company_id = %(company)s"
            " AND %(unit)s IS NOT NULL",
            unit=SQL.identifier(*unit),
            documents=documents,
            company=self.company_id.id or None,
        )

    def _get_employees(self):
        """Those chosen, or the team; everybody without either. Users of the app."""
        domain = Domain(
            [
                ("share", "=", False),
                ("company_ids", "in", self.company_id.ids),
                ("all_group_ids", "in", self.env.ref(MEMBER).ids),
            ]
        )
        chosen = self.user_ids | self.team_id._get_trust_people()
        if chosen:
            domain &= Domain("id", "in", chosen.ids)
        return self.env["res.users"].sudo().search(domain, order="id").ids

    def _check_enough(self, count):
        needed = self._get_needed()
        if count >= needed:
            return
        if self.state == "asking":
            raise UserError(
                self.env._(
                    "%(count)s said yes, %(needed)s are needed: wait for more answers, "
                    "or take the question back and look for a larger difference.",
                    count=count,
                    needed=needed,
                )
            )
        raise UserError(self._say_too_few(count))

    def _one_at_a_time(self):
        """Two draws of one company at the same moment would share customers: the
        second is tried again when the first is through.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE res_company SET write_date = write_date WHERE id = %s",
                self.company_id.id,
            )
        )
