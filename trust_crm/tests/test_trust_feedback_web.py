# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .test_trust_feedback_page import FeedbackPageCase


@tagged("post_install", "-at_install")
class TestTrustFeedbackWeb(FeedbackPageCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_tour(self):
        """F1, F3: answered on a phone, looked through, sent, corrected."""
        self.start_tour(self.url(), "trust_crm_feedback", login=None)
        self.assertEqual(self.stored(), "answered")
        self.assertEqual(self.request.overall, 3)
        self.assertEqual(self.request.score_reliability, 1)
        self.assertEqual(self.request.one_thing, "Be on time")
        self.assertEqual(self.request.make_it_five, "A call before the day has passed")
        self.assertTrue(self.request.date_corrected)

    def test_a_page_that_loads_writes_nothing(self):
        """T6: a browser that opens the page, runs its scripts and submits the form by
        itself, as mail scanners do, gets no further than the second step."""
        self.browser_js(
            self.url(),
            """
            const frame = document.createElement("iframe");
            frame.name = "answer";
            frame.onload = () => {
                const title = frame.contentDocument.querySelector("h1")?.textContent;
                if (title) {
                    console.log(title === "One last look" ? "test successful" : title);
                }
            };
            document.body.append(frame);
            document.querySelector(".o_trust_feedback_form").target = "answer";
            document.querySelector("#overall_5").click();
            document.querySelector(".o_trust_feedback_send").click();
            """,
            "Boolean(document.querySelector('.o_trust_feedback_five.d-none'))",
            login=None,
        )
        self.assertEqual(self.stored(), "sent")
