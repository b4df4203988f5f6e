# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.tests import tagged

from .portal_common import XSS, PortalCase

# Waits until the view is there and its pictures had time to fail.
LOOK = """
(async () => {
    const seen = () => document.querySelector("%s");
    for (let i = 0; i < 100 && !seen(); i++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await new Promise((resolve) => setTimeout(resolve, 700));
    if (!seen()) {
        console.error("the view did not come");
    } else if (window.__xss) {
        console.error("a payload ran");
    } else {
        console.log("test successful");
    }
})();
"""


@tagged("post_install", "-at_install")
class TestPortalMarkup(PortalCase):
    """What customers type does not run in the browsers of those who read it."""

    def test_browser(self):
        """T16: payloads of the portal in form, kanban, list, chatter and portal."""
        words = dict.fromkeys(("subject", "remedy_sought", "about_what"), XSS)
        complaint = self.env["trust.complaint"]._file(
            self.mara, {**words, "description": f"<p>Hi</p>{XSS}"}
        )
        complaint.message_post(
            body=XSS, author_id=self.mara.id, subtype_xmlid="mail.mt_comment"
        )
        request = self.env["trust.data.request"]._receive(self.mara, "correct", XSS)
        promise = self.env["trust.promise"].create(
            {
                "name": XSS,
                "partner_id": self.mara.id,
                "user_id": self.seller.id,
                "shared": True,
            }
        )
        promise._customer_answers(True, XSS, self.mara)
        inside = {
            f"/odoo/trust.complaint/{complaint.id}": ".o_form_view",
            "/odoo/action-trust_crm.trust_complaint_action": ".o_kanban_record",
            f"/odoo/trust.data.request/{request.id}": ".o_form_view",
            "/odoo/action-trust_crm.trust_data_request_action": ".o_data_row",
            f"/odoo/trust.promise/{promise.id}": ".o_form_view",
        }
        outside = {
            f"/my/complaints/{complaint.id}": ".o_trust_steps",
            f"/my/promises/{promise.id}": ".o_trust_facts",
            "/my/trust-data": ".o_trust_words",
        }
        for login, pages in (("admin", inside), ("door_mara", outside)):
            for path, selector in pages.items():
                with self.subTest(path):
                    self.browser_js(path, LOOK % selector, login=login)
