# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.promise_days import local_day

_logger = logging.getLogger(__name__)
ACTIVITY_TYPE = "trust_crm.mail_activity_type_occasion"
BATCH = 100


class TrustOccasion(models.Model):
    """The reminder before the day: one activity for who looks after the person.

    In their time zone and language, once for each time the day comes (a row with a
    unique key is written with it), never about those who want no friendly contact.
    """

    _inherit = "trust.occasion"  # pylint: disable=consider-merging-classes-inherited

    remind_date = fields.Date(
        compute="_compute_remind_date", store=True, index="btree_not_null"
    )

    @api.depends("next_date", "reminder_days")
    def _compute_remind_date(self):
        for occasion in self:
            occasion.remind_date = occasion.next_date and (
                occasion.next_date - timedelta(days=occasion.reminder_days)
            )

    # BUSINESS

    @api.model
    def _cron_remind(self):
        """Hourly: roll on the days that are over, then remind of those that come."""
        self._cron_roll()
        cron = self.env["ir.cron"]
        due = self.sudo().search(self._get_remind_domain())
        cron._commit_progress(remaining=len(due))
        for start in range(0, len(due), BATCH):
            batch = due[start : start + BATCH]
            try:
                batch._remind(fields.Datetime.now())
            except psycopg2.OperationalError:
                _logger.info("Occasions: told elsewhere meanwhile, later.")
                self.env.cr.rollback()
                return
            if not cron._commit_progress(len(batch)):
                return

    @api.model
    def _get_remind_domain(self):
        """Days to come of which nobody was reminded, wherever it is that day."""
        today = fields.Date.today()
        done = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """NOT EXISTS (SELECT FROM trust_occasion_notice n
                                WHERE n.occasion_id = %s AND n.day = %s)""",
                SQL.identifier(alias, "id"),
                SQL.identifier(alias, "next_date"),
            )
        )
        return (
            Domain("remind_date", "<=", today + timedelta(days=1))
            & Domain("next_date", ">=", today - timedelta(days=1))
            & Domain("lapsed", "=", False)
            & Domain("partner_id.active", "=", True)
            & Domain("partner_id.trust_no_contact", "!=", True)
            & done
        )

    def _remind(self, now):
        """Tell each owner for whom it is time where they are."""
        for occasion in self:
            owner = occasion._get_owner()
            today = owner and local_day(now, owner.tz)
            if owner and occasion.remind_date <= today <= occasion.next_date:
                try:
                    with self.env.cr.savepoint():
                        occasion._remind_owner(owner)
                except psycopg2.OperationalError:
                    raise
                except Exception:
                    _logger.warning("%s: no reminder", occasion, exc_info=True)

    def _remind_owner(self, owner):
        if not self._take_notice("reminded", owner):
            return
        told = self.with_context(lang=owner.lang)
        told.with_context(mail_activity_quick_update=True).activity_schedule(
            ACTIVITY_TYPE,
            self.next_date,
            summary=told.env._(
                "%(what)s of %(name)s on %(day)s",
                what=told._get_title(),
                name=self.partner_id.name,
                day=told._say_date(self.next_date),
            ),
            user_id=owner.id,
        )

    def _get_owner(self):
        """Who looks after the person: their salesperson, else who noted the day."""
        self.ensure_one()
        person = self.partner_id
        users = (person.user_id, person.commercial_partner_id.user_id, self.create_uid)
        able = (user for user in users if user.active and not user.share)
        return next(able, self.env["res.users"])

    @api.model
    def _get_mine_domain(self):
        """Days of the people I look after."""
        me = self.env.uid
        nobodys = Domain("partner_id.user_id", "=", False)
        firms = Domain("partner_id.commercial_partner_id.user_id", "=", me)
        noted = Domain("partner_id.commercial_partner_id.user_id", "=", False) & Domain(
            "create_uid", "=", me
        )
        return Domain("partner_id.user_id", "=", me) | (nobodys & (firms | noted))

    def _take_notice(self, kind, user):
        """Take the right to do this once for the coming day; True for who got it."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO trust_occasion_notice (occasion_id, kind, day, date,
                            user_id, create_uid, create_date, write_uid, write_date)
                     VALUES (%(id)s, %(kind)s, %(day)s, %(now)s, %(user)s,
                             %(uid)s, %(now)s, %(uid)s, %(now)s)
                         ON CONFLICT (occasion_id, kind, day) DO NOTHING
                  RETURNING id
                """,
                id=self.id,
                kind=kind,
                day=self.next_date,
                user=user.id,
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        self.invalidate_recordset(["notice_ids"])
        return bool(rows)

    @api.model
    def _settle_lapsed(self, partners):
        """A day that is hidden is not recalled by an activity either."""
        result = super()._settle_lapsed(partners)
        hidden = Domain("partner_id", "in", partners.ids) & Domain(
            "lapsed", "!=", False
        )
        self.sudo().search(hidden)._close_reminders()
        return result

    def _close_reminders(self):
        """Nothing is left to do: the reminder goes."""
        if self:
            self.sudo().activity_unlink([ACTIVITY_TYPE])


class ResPartner(models.Model):
    """Who wants no friendly contact is reminded of to nobody, from now on."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def write(self, vals):
        result = super().write(vals)
        if vals.get("trust_no_contact"):
            occasions = self.env["trust.occasion"].sudo()
            occasions.search([("partner_id", "in", self.ids)])._close_reminders()
        return result
