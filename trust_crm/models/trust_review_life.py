# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import review_period

_logger = logging.getLogger(__name__)
MANAGER = "trust_crm.group_trust_manager"
OWNER = "trust_crm.mail_activity_review"


class TrustReview(models.Model):
    """How a review opens by itself at the start of a quarter, and how it is closed."""

    _inherit = "trust.review"

    # ACTIONS

    def action_close(self):
        """Close what is decided altogether."""
        self._check_open()
        for review in self.sudo():
            if review.undecided_count:
                raise UserError(
                    self.env._(
                        "%(count)s findings are not decided: decide about them, or "
                        "carry them over into the next review.",
                        count=review.undecided_count,
                    )
                )
            review._close()
        return True

    def action_carry_over(self):
        """Close it, and take what is not decided into the next review."""
        self._check_open()
        for review in self.sudo():
            left = review.finding_ids.filtered(lambda finding: not finding.decision)
            left._decide("carried")
            review._close()
            review._get_next()._take_over(left)
        return True

    # BUSINESS

    def _check_open(self):
        """A manager works through a review, and only through an open one."""
        self.check_access("write")
        if not self.env.user.has_group(MANAGER) and not self.env.su:
            raise AccessError(self.env._("A trust manager decides in a review."))
        if any(review.state == "done" for review in self):
            raise UserError(
                self.env._("This review is closed: what was decided stays as it is.")
            )

    def _close(self):
        self.write(
            {
                "state": "done",
                "date_closed": fields.Datetime.now(),
                "closed_by_id": self.env.uid,
            }
        )
        self.activity_feedback([OWNER])

    def _open(self):
        """Find what there is to talk about, and call the owner (in sudo)."""
        for review in self:
            review.write(
                {
                    "date_opened": fields.Datetime.now(),
                    "previous_id": review._get_previous().id,
                }
            )
        self._find()
        for review in self:
            carried = review.previous_id.finding_ids.filtered(
                lambda finding: finding.decision == "carried"
            )
            review._take_over(carried)
        self._call_owner()

    def _get_series_domain(self):
        """Reviews of the same company and team."""
        self.ensure_one()
        return Domain("company_id", "=", self.company_id.id) & Domain(
            "team_key", "=", self.team_key
        )

    def _get_previous(self):
        domain = self._get_series_domain() & Domain("date_to", "<", self.date_to)
        domain &= Domain("id", "!=", self.id)
        return self.search(domain, order="date_to desc, id desc", limit=1)

    def _get_next(self):
        """The open review after this one, if it is there already."""
        domain = self._get_series_domain() & Domain("date_to", ">", self.date_to)
        domain &= Domain("state", "=", "open")
        return self.search(domain, order="date_to, id", limit=1)

    def _take_over(self, findings):
        """List first what the review before left; what is found again is marked."""
        if not self:
            return
        findings = findings.filtered(
            lambda one: one not in self.finding_ids.carried_from_id
        )
        found = {one._get_subject_key(): one for one in self.finding_ids}
        for carried in findings:
            again = found.get(carried._get_subject_key())
            values = {"is_carried": True, "carried_from_id": carried.id}
            if again:
                again.write(values)
            else:
                carried.copy({"review_id": self.id, **values})

    def _call_owner(self):
        """One activity for whoever prepares the meeting."""
        self.activity_unlink([OWNER])
        for review in self.filtered(lambda one: one.state == "open" and one.user_id):
            review.activity_schedule(
                OWNER, user_id=review.user_id.id, summary=review.name
            )

    # AT THE START OF A QUARTER

    @api.model
    def _cron_open(self):
        """Open the review of the quarter that ended, where it is not there yet."""
        companies = self.env["res.company"].sudo().search(Domain.TRUE)
        commit = self.env["ir.cron"]._commit_progress
        left = commit(remaining=len(companies))
        for company in companies:
            if not left:
                return
            self._try_open_quarter(company)
            left = commit(1)

    @api.model
    def _try_open_quarter(self, company):
        """A company whose review cannot be opened does not stop the others."""
        try:
            with self.env.cr.savepoint():
                self.sudo().with_company(company)._open_quarter(company)
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.exception("The review of %s could not be opened", company)

    @api.model
    def _open_quarter(self, company):
        """Open the last quarter's: of everybody, and of each team that had one.

        :return: the reviews made
        """
        first, last = review_period.last_quarter(fields.Date.today())
        if not self._is_in_use(company, last):
            return self.browse()
        former = self._get_former(company, first)
        there = self.search(
            [
                ("company_id", "=", company.id),
                ("date_from", "=", first),
                ("date_to", "=", last),
            ]
        ).mapped("team_key")
        return self.create(
            [
                {
                    "company_id": company.id,
                    "team_id": team,
                    "date_from": first,
                    "date_to": last,
                    "user_id": self._choose_owner(company, former.get(team or 0)).id,
                }
                for team in [False, *filter(None, former)]
                if (team or 0) not in there
            ]
        )

    @api.model
    def _is_in_use(self, company, last):
        """Was anything shown of a customer before the quarter ended?"""
        return bool(
            self.env["trust.snapshot"].search_count(
                [("company_id", "=", company.id), ("date", "<=", last)], limit=1
            )
        )

    @api.model
    def _get_former(self, company, first):
        """Return ``{team id or 0: review}`` of the quarter before ``first``."""
        start, end = review_period.last_quarter(first)
        former = self.search(
            [
                ("company_id", "=", company.id),
                ("date_from", "=", start),
                ("date_to", "=", end),
            ]
        )
        return {
            one.team_id.id or 0: one
            for one in former
            if one.team_id or not one.team_key
        }

    @api.model
    def _choose_owner(self, company, former):
        """Last time's owner, else the team's leader, else a manager."""
        managers = self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref(MANAGER).id),
                ("company_ids", "in", company.ids),
                ("share", "=", False),
            ],
            order="id",
        )
        if not former:
            return managers[:1]
        wanted = former.user_id | former.team_id.user_id
        return (wanted & managers)[:1] or managers[:1]
