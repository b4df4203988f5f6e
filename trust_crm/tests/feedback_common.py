# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, timedelta

from freezegun import freeze_time

from .common import TrustCase

MONDAY = datetime(2026, 1, 12, 12)
GOOD_PULSE = {
    "overall": 5,
    "score_reliability": 5,
    "score_assurance": 4,
    "score_tangibles": 3,
    "score_empathy": 4,
    "score_responsiveness": 2,
    "interest": 5,
}


class FeedbackCase(TrustCase):
    """A customer who can be asked, and a clock that tests can turn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["res.partner"].create(
            {
                "name": "Mara Lind",
                "email": "mara@lind.example",
                "user_id": cls.seller.id,
                "lang": "en_US",
            }
        )
        cls.requests = cls.env["trust.feedback"].sudo()

    def at(self, days=0, **delta):
        """Context manager: the clock stands that long after the Monday noon."""
        return freeze_time(MONDAY + timedelta(days=days, **delta))

    def ask(self, person=None, kind="pulse", days=0, **options):
        with self.at(days):
            request = self.env["trust.feedback"].with_user(self.seller)
            request = request._request(person or self.person, kind, **options)
            self.env.flush_all()
        return request.sudo()

    def answer(self, request, days=0, corrects=False, **scores):
        """What the page does with a confirmed form."""
        given = {name: str(value) for name, value in scores.items()}
        with self.at(days, minutes=10):
            values, missing = request._read_answers(given)
            self.assertFalse(missing)
            taken = request._answer(values, corrects)
            self.env.flush_all()
        return taken

    def asked(self, days=0, **scores):
        """A request answered at once."""
        request = self.ask(days=days)
        self.assertTrue(self.answer(request, days, **scores))
        return request

    def live(self, request):
        """{signal code: magnitude} that the ledger holds live for a request."""
        rows = self.evidence.sudo().search(
            [
                ("source_model", "=", "trust.feedback"),
                ("source_id", "=", request.id),
                ("state", "=", "live"),
            ]
        )
        return {row.signal_id.code: row.magnitude for row in rows}

    def mails(self, request):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("model", "=", "trust.feedback"), ("res_id", "=", request.id)])
        )
