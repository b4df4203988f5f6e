# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import logging

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
BATCH = 200


class TrustClockMixin(models.AbstractModel):
    """Documents to which time does something: jobs that may run on several hosts.

    Every batch claims its rows as the first statement of a transaction, and what says
    that a step was done is written in the transaction of the activity and the mail. A
    document that cannot be worked off is set aside with the reason, shown to the
    managers; it does not stop the others.
    """

    _name = "trust.clock.mixin"
    _description = "Trust Clock"
    _clock_order = "id"

    set_aside = fields.Char(
        "Set aside because", readonly=True, copy=False, groups="base.group_user"
    )

    # ACTIONS

    def action_retry(self):
        """Let the job try again with what it had set aside."""
        self.check_access("write")
        self.sudo().set_aside = False

    # BUSINESS

    @api.model
    def _work_off(self, domain, step):
        """Run ``step`` (a method taking now) on all of the domain, batch by batch."""
        domain = Domain(domain) & Domain("set_aside", "=", False)
        cron = self.env["ir.cron"]
        left = cron._commit_progress(remaining=self.search_count(domain))
        while left:
            try:
                batch = self._claim(domain)
                batch._try_step(step)
            except psycopg2.OperationalError:
                _logger.info("%s: changed elsewhere meanwhile, later.", self._name)
                self.env.cr.rollback()
                return
            if not batch:
                return
            left = cron._commit_progress(len(batch))

    @api.model
    def _claim(self, domain):
        """Lock the next rows that nobody else holds.

        One statement, the first of its transaction: cursors are REPEATABLE READ, a
        row changed after the snapshot could not be locked any more.
        """
        query = self._search(domain, limit=BATCH, order=self._clock_order)
        rows = self.env.execute_query(
            SQL("%s FOR NO KEY UPDATE SKIP LOCKED", query.select())
        )
        return self.browse(id_ for (id_,) in rows)

    def _try_step(self, step):
        """All at once; if that fails, one by one, and the culprit is set aside."""
        try:
            with self.env.cr.savepoint():
                getattr(self, step)(fields.Datetime.now())
        except psycopg2.OperationalError:
            raise
        except Exception as error:
            if len(self) > 1:
                for document in self:
                    document._try_step(step)
            else:
                _logger.warning("%s is set aside", self, exc_info=True)
                self.set_aside = str(error) or type(error).__name__
