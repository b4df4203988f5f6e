# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import logging

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
BATCH = 50


class TrustCampaign(models.Model):
    """Going out: planned rounds whose day has come, batch by batch.

    Any number of workers may run it: a batch holds its campaign's row, claimed as the
    first statement of a transaction, and asks only people whom this round did not ask
    or skip before. A kill between two batches loses and repeats nothing.
    """

    _inherit = "trust.campaign"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    @api.model
    def _cron_send(self):
        cron = self.env["ir.cron"]
        left = cron._commit_progress(remaining=self.search_count(self._get_due()))
        while left:
            try:
                campaign = self._claim()
                asked = campaign._send_batch()
            except psycopg2.OperationalError:
                _logger.info("Campaigns are being changed elsewhere: later.")
                self.env.cr.rollback()
                return
            if not campaign:
                return
            left = cron._commit_progress(asked or 1)

    @api.model
    def _get_due(self):
        today = fields.Date.today()
        return Domain("state", "=", "running") | Domain(
            [("state", "=", "planned"), ("date_planned", "<=", today)]
        )

    @api.model
    def _claim(self):
        """Lock the next campaign that nobody else holds."""
        query = self._search(self._get_due(), limit=1, order="date_planned, id")
        rows = self.env.execute_query(
            SQL("%s FOR NO KEY UPDATE SKIP LOCKED", query.select())
        )
        return self.browse(row[0] for row in rows)

    def _send_batch(self):
        """Ask the next people of one claimed campaign; return how many."""
        if not self:
            return 0
        self.state = "running"
        people = self._get_people() - self.feedback_ids.partner_id
        for person in people[:BATCH]:
            self._ask(person)
        if len(people) <= BATCH:
            self.state = "done"
            self._plan_next()
        return len(people[:BATCH])

    def _ask(self, person):
        """Ask one; who cannot be asked is noted and holds nobody up."""
        requests = self.env["trust.feedback"].with_company(self.company_id)
        try:
            with self.env.cr.savepoint():
                requests._request(person, "campaign", campaign=self)
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.warning("%s could not be asked", person, exc_info=True)
            values = requests._prepare_request_values(person, "campaign", None, self)
            requests.create(values | {"state": "skipped", "skip_reason": "failed"})
