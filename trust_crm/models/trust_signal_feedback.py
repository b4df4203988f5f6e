# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import models
from odoo.tools import SQL


class TrustSignal(models.Model):
    """What customers say: ratings they filled in, mails they do not want.

    A rating has 1 to 5 points (Odoo's faces are 1, 3 and 5; 0 is none). From 4 it is
    good with magnitude (x-3)/2, up to 2 bad with (3-x)/2; in between it says nothing.
    """

    _inherit = "trust.signal"

    def _facts_feedback_good(self, scope):
        return self._select_ratings(
            scope, SQL("r.rating >= 4"), SQL("(r.rating - 3) / 2")
        )

    def _facts_feedback_bad(self, scope):
        return self._select_ratings(
            scope, SQL("r.rating BETWEEN 1 AND 2"), SQL("(3 - r.rating) / 2")
        )

    def _select_ratings(self, scope, condition, magnitude):
        return SQL(
            """
            SELECT r.partner_id, d.company_id, u.user_id,
                   COALESCE(r.rated_on, r.write_date) AS date,
                   %(magnitude)s AS magnitude,
                   'rating.rating' AS source_model, r.id AS source_id
              FROM rating_rating r
              JOIN %(customers)s c ON c.partner_id = r.partner_id
         LEFT JOIN (%(staff)s) u ON u.partner_id = r.rated_partner_id
         LEFT JOIN (%(documents)s) d ON d.model = r.res_model AND d.res_id = r.res_id
             WHERE r.consumed AND %(condition)s AND %(is_new)s
            """,
            magnitude=magnitude,
            customers=scope.customers,
            staff=self._select_staff(),
            documents=self._select_documents(),
            condition=condition,
            is_new=self._is_new(scope, "r"),
        )

    def _facts_opted_out(self, scope):
        """The customer's address was blacklisted; of several, the oldest contact."""
        return SQL(
            """
            SELECT DISTINCT ON (b.id) p.id AS partner_id, b.write_date AS date,
                   'mail.blacklist' AS source_model, b.id AS source_id
              FROM mail_blacklist b
              JOIN res_partner p ON p.email_normalized = b.email
              JOIN %(customers)s c ON c.partner_id = p.id
             WHERE b.active AND %(is_new)s
          ORDER BY b.id, p.id
            """,
            customers=scope.customers,
            is_new=self._is_new(scope, "b"),
        )

    def _missing_feedback_good(self):
        """Name the ratings that were asked for and never given."""
        return self._count_sentence(
            lambda **counts: self.env._(
                "%(missing)s of %(total)s ratings that we asked for were not given.",
                **counts,
            ),
            SQL("consumed IS NOT TRUE"),
            SQL("rating_rating"),
        )
