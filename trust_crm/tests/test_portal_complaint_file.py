# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import doctest
import io

from PIL import Image

from odoo.tests import tagged

from ..tools import customer_files
from .portal_common import XSS, PortalCase


def photo(size=(40, 30)):
    """A picture as a telephone takes it."""
    file = io.BytesIO()
    Image.new("RGB", size, "tan").save(file, "JPEG")
    return file.getvalue()


@tagged("post_install", "-at_install")
class TestPortalComplaintFile(PortalCase):
    """Filing a complaint, and its files."""

    def _file(self, files=(), **values):
        form = {"subject": "Broken", "description": "It broke.\nAt once.", **values}
        return self.post(
            "/my/complaints/new",
            form,
            files=[("files", (name, content, kind)) for name, content, kind in files],
        )

    def _filed(self):
        return self.env["trust.complaint"].search(
            [("partner_id", "=", self.mara.id)], order="id desc"
        )

    def test_doctests(self):
        self.assertEqual(doctest.testmod(customer_files).failed, 0)

    def test_files(self):
        """K10, K1: filed with a photo; number, acknowledgement, deadline at once."""
        self.enter(self.mara)
        response = self._file(
            [("broken shelf.jpg", photo(), "image/jpeg")],
            remedy_sought="A new one",
            about_what="S00012",
        )
        complaint = self._filed()
        self.assertEqual(len(complaint), 1)
        self.assertEqual(
            response.headers["Location"].split("/my", 1)[1],
            f"/complaints/{complaint.id}?done=filed",
        )
        self.assertTrue(complaint.name.startswith("C"))
        self.assertEqual(complaint.partner_id, self.mara)
        self.assertEqual(complaint.source, "portal")
        self.assertEqual(complaint.user_id, self.seller)
        self.assertTrue(complaint.answer_deadline)
        self.assertIn("It broke.<br", str(complaint.description))
        self.assertEqual(complaint.remedy_sought, "A new one")
        self.assertEqual(complaint.about_what, "S00012")
        file = complaint._get_door_files()
        self.assertEqual(file.name, "broken shelf.jpg")
        self.assertEqual(file.mimetype, "image/jpeg")
        mail = self.env["mail.mail"].search([("subject", "ilike", complaint.name)])
        self.assertIn(
            f"access_token={complaint.access_token}", str(mail.mapped("body_html"))
        )
        page = self.get(f"/my/complaints/{complaint.id}?done=filed").text
        self.assertIn(complaint.name, page)
        self.assertIn("broken shelf.jpg", page)

    def test_twice(self):
        """K10: a second click files no second complaint."""
        self.enter(self.mara)
        first, second = self._file(), self._file()
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.assertEqual(len(self._filed()), 1)
        self._file(subject="Another thing")
        self.assertEqual(len(self._filed()), 2)

    def test_wrong(self):
        """K10: what is wrong is said, and nothing typed is lost."""
        self.enter(self.mara)
        pdf = b"%PDF-1.7 x"
        cases = [
            ({"subject": " \n "}, [], "Say in a few words"),
            ({"description": ""}, [], "Tell us what happened"),
            ({}, [("a.svg", b"<svg/>", "image/svg+xml")], "a.svg"),
            ({}, [("a.html", b"<b>", "image/png")], "a.html"),
            ({}, [("a.png", b"<svg onload=1>", "image/png")], "a.png"),
            ({}, [("a.exe", b"MZ", "image/png")], "no photo, video or document"),
            ({}, [("a.pdf", b"", "application/pdf")], "is empty"),
            ({}, [("a.pdf", pdf, "application/pdf")] * 11, "At most"),
        ]
        for values, files, text in cases:
            with self.subTest(text):
                values = {"remedy_sought": "Keep these words", **values}
                page = self._file(files, **values)
                self.assertEqual(page.status_code, 200)
                self.assertIn(text, page.text)
                self.assertIn("Keep these words", page.text)
        self.assertFalse(self._filed())

    def test_too_big(self):
        """K10: 25 MB of files are refused with a clear answer."""
        self.enter(self.mara)
        big = b"%PDF-" + b"x" * (customer_files.MOST_BYTES // 2)
        page = self._file([(f"{n}.pdf", big, "application/pdf") for n in range(3)])
        self.assertIn("too big", page.text)
        self.assertIn("choose your files again", page.text)
        self.assertFalse(self._filed())

    def test_every_field(self):
        """T7: a form with every field of the model gives only what a customer says."""
        model = self.env["trust.complaint"]
        fields = model._fields
        values = {"char": "junk", "text": "junk", "html": "<b>junk</b>"}
        form = {name: values.get(field.type, "1") for name, field in fields.items()}
        form |= {
            "subject": "Mine",
            "description": "Words",
            "partner_id": str(self.stranger.id),
            "user_id": str(self.mara.user_ids.id),
            "step_code": "closed",
            "redress_ids": "[[0, 0, {}]]",
            "message_follower_ids": "[[6, 0, [1]]]",
        }
        self.enter(self.mara)
        response = self.post("/my/complaints/new", form)
        self.assertEqual(response.status_code, 303)
        plain = model._file(self.mate, {"subject": "Mine", "description": "Words"})
        complaint = self._filed()
        self.assertEqual(complaint.partner_id, self.mara)
        own = {
            *("id", "name", "display_name", "partner_id", "description"),
            *("remedy_sought", "about_what", "access_token", "access_url"),
            *("create_date", "write_date", "create_uid", "write_uid", "received_date"),
            *("move_ids", "notice_ids", "clock_start", "duration_tracking"),
            *("remaining_hours", "deadline_text"),
        }
        [filed], [expected] = complaint.read(load=None), plain.read(load=None)
        wrong = {
            name
            for name in filed.keys() - own
            if fields[name].type not in ("one2many", "many2many", "datetime")
            and filed[name] != expected[name]
        }
        self.assertFalse(wrong)
        for name in ("redress_ids", "solution_ids", "promise_ids", "feeling_ids"):
            self.assertFalse(complaint[name], name)
        self.assertNotIn(
            self.env.ref("base.partner_root"), complaint.message_partner_ids
        )

    def test_odd_characters(self):
        """T7: whatever characters come, it is stored or refused, never an error."""
        self.enter(self.mara)
        odd = "a\x00b\x08c\ud800\r\n\u202e\U0001f9f0"
        response = self._file(
            subject=odd.encode("utf-8", "surrogatepass"),
            description=odd.encode("utf-8", "surrogatepass"),
        )
        self.assertEqual(response.status_code, 303)
        self.assertTrue(self._filed().subject.startswith("ab"))
        self.assertEqual(self._file(subject="x" * 10**5).status_code, 303)
        self.assertEqual(len(self._filed()[0].subject), 120)

    def test_flood(self):
        """K10: more complaints in a day than anybody has reasons: please call."""
        self.enter(self.mara)
        for number in range(20):
            self.env["trust.complaint"]._file(self.mara, {"subject": f"Nr {number}"})
        self.assertIn("Please call us", self._file().text)
        self.assertEqual(len(self._filed()), 20)

    def test_refused(self):
        """T7: signed in customers only, with the form's token."""
        self.enter()
        self.assertIn("/web/login", self.get("/my/complaints/new").headers["Location"])
        self.enter(self.mara)
        response = self.post("/my/complaints/new", {"subject": "x"}, csrf=False)
        self.assertEqual(response.status_code, 400)
        self.authenticate("door_seller", "door_seller")
        self.assertEqual(self._file().status_code, 403)

    def test_markup(self):
        """T16: a complaint of payloads is shown as text, to the customer and to us."""
        self.enter(self.mara)
        self._file(
            [(f"{XSS}.jpg", photo(), "image/jpeg")],
            subject=XSS,
            description=XSS,
            remedy_sought=XSS,
            about_what=XSS,
        )
        complaint = self._filed()
        self.assertLeavesNothing(self.get(f"/my/complaints/{complaint.id}").text)
        self.assertLeavesNothing(str(complaint.description))
        self.assertNotIn("<", complaint._get_door_files().name)
        page = self._file(subject="", description=XSS, remedy_sought=XSS).text
        self.assertLeavesNothing(page)

    # T18

    def test_foreign_files(self):
        """T18: only who may see the complaint gets its files, by no number or token."""
        self.enter(self.mara)
        self._file([("mine.jpg", photo(), "image/jpeg")])
        complaint = self._filed()
        file = complaint._get_door_files()
        note = complaint.with_user(self.seller).message_post(
            body="Inside", attachments=[("inside.txt", b"secret")]
        )
        inside = note.attachment_ids
        key = file._get_raw_access_token()
        good = self.url_open(f"/web/content/{file.id}?access_token={key}")
        self.assertEqual(good.content[:3], b"\xff\xd8\xff")
        page = self.get(f"/my/complaints/{complaint.id}").text
        self.assertNotIn("inside.txt", page)
        for person in (self.mara, self.stranger, None):
            self.enter(person)
            for id_ in (inside.id, file.id if person != self.mara else inside.id):
                for path in (
                    f"/web/content/{id_}",
                    f"/web/content/{id_}?access_token=nonsense",
                    f"/web/content/{id_}?access_token={complaint.access_token}",
                    f"/web/image/{id_}",
                    f"/web/content/ir.attachment/{id_}/raw",
                    f"/web/content/trust.complaint/{complaint.id}/description",
                ):
                    response = self.url_open(path)
                    self.assertNotIn(b"secret", response.content, path)
                    self.assertNotEqual(response.content[:3], b"\xff\xd8\xff", path)
        self.enter(self.stranger)
        wrong = self.url_open(f"/web/content/{inside.id}?access_token={key}")
        self.assertNotIn(b"secret", wrong.content)

    def test_served_as_text(self):
        """T18: SVG and HTML that come through the messages never run in a browser."""
        self.enter(self.mara)
        self._file()
        complaint = self._filed()
        script = (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
        )
        for name, kind in (("a.svg", "image/svg+xml"), ("a.html", "text/html")):
            answer = self.post(
                "/mail/attachment/upload",
                {"thread_model": complaint._name, "thread_id": complaint.id},
                files={"ufile": (name, script, kind)},
            )
            self.assertEqual(answer.status_code, 200)
            file = self.env["ir.attachment"].search([("name", "=", name)], limit=1)
            key = file._get_raw_access_token()
            served = self.url_open(f"/web/content/{file.id}?access_token={key}")
            runs = served.headers["Content-Type"].startswith(("image/svg", "text/html"))
            self.assertFalse(
                runs and "Content-Security-Policy" not in served.headers, served.headers
            )
            self.assertEqual(served.headers["X-Content-Type-Options"], "nosniff")
        self.enter(self.stranger)
        answer = self.post(
            "/mail/attachment/upload",
            {"thread_model": complaint._name, "thread_id": complaint.id},
            files={"ufile": ("b.txt", b"x", "text/plain")},
        )
        self.assertEqual(answer.status_code, 404)
