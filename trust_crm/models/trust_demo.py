# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import csv
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, file_open

DIARY = "trust_crm/demo/diary.csv"
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_activity_quick_update": True,
    "no_mail_to_attendees": True,
    "dont_notify": True,
    "trust_defer": True,
}
ANSWER_HOURS = 2
SINCE_OFFER = timedelta(days=25)


@dataclass
class Entry:
    """One line of a diary: on ``date``, ``who`` and our ``user`` did ``what``."""

    key: str
    date: datetime
    day: fields.Date
    who: models.BaseModel
    user: models.BaseModel
    what: str
    value: str
    words: str
    answer: str

    @property
    def partner(self):
        return self.who if self.who._name == "res.partner" else self.who.partner_id


class TrustDemo(models.AbstractModel):
    """Tells the demo's story; called by demo data and by its test, by nothing else.

    A diary (``demo/diary.csv``) has one line per event, so many days before today. Each
    becomes the record that Odoo itself would have of it: a mail, a meeting, a promise,
    a won opportunity. The signals then find them as they would in a real database.
    What no app records yet (a need that was met, say) goes straight into the
    ledger. Past dates of creation are written by SQL: the ORM refuses them.
    """

    _name = "trust.demo"
    _description = "Story of the Demo Data"

    # BUSINESS

    @api.model
    def _tell(self, diary=DIARY):
        """Make the records of a diary, observe them, score them, with history."""
        teller = self.sudo().with_context(**self._quiet())
        met = set()
        for entry in teller._read(diary):
            if entry.who not in met:
                teller._meet(entry)
                met.add(entry.who)
            getattr(teller, f"_tell_{entry.what}", teller._tell_fact)(entry)
        teller._observe()

    @staticmethod
    def _quiet():
        """Return the context in which nobody is told of what is long past."""
        return QUIET

    @api.model
    def _read(self, diary):
        """Yield the entries of a diary, oldest first for each customer."""
        now, module = fields.Datetime.now(), diary.split("/")[0]
        with file_open(diary, "r") as file:
            for number, row in enumerate(csv.DictReader(file, delimiter=";"), 2):
                days = int(row.pop("days_ago"))
                by = row.pop("by")
                yield Entry(
                    key=f"{diary}:{number}",
                    date=self._moment(now, days, number),
                    day=now.date() - timedelta(days=days),
                    who=self._find(module, row.pop("who")),
                    user=self.env.ref("base.user_admin")
                    if by == "admin"
                    else self._find(module, f"user_{by}"),
                    **row,
                )

    def _find(self, module, name):
        return self.env.ref(f"{module}.demo_{name}")

    @staticmethod
    def _moment(now, days, number):
        """Return a morning so many days ago; older ones fall on working days."""
        day = now.date() - timedelta(days=days)
        if days > 3:
            day -= timedelta(days=max(0, day.weekday() - 4))
        morning = time(8 + number % 2, number * 7 % 60)
        return min(datetime.combine(day, morning), now - timedelta(hours=4))

    def _meet(self, entry):
        """Whoever is in the diary was known at least since then."""
        known = entry.who
        if known._name == "res.partner":
            known |= known.commercial_partner_id
        self._backdate(known, entry.date, oldest=True)

    def _backdate(self, records, date, *more, oldest=False):
        """Write the date of creation (and columns ``more``); ``oldest`` keeps older."""
        self.env.flush_all()
        value = SQL("LEAST(create_date, %s::timestamp)", date) if oldest else date
        for column in ("create_date", "write_date", *more):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id IN %s",
                    SQL.identifier(records._table),
                    SQL.identifier(column),
                    value,
                    records._ids,
                )
            )
        records.invalidate_recordset()

    def _observe(self):
        """Let the signals find all that; the first collection, as on day one."""
        run = self.env["trust.collection"]._start()
        while run.state == "running":
            run._collect_batch()
        self.env["trust.queue"]._drain()
        run._check_scored()
        relationships = self.env["trust.relationship"]
        relationships._rebuild_history(relationships._without_history())

    # WHAT HAPPENED

    def _tell_mail(self, entry):
        """The customer wrote; ``value`` hours later we answered, or not at all."""
        author = entry.partner
        values = {"author_id": author.id, "email_from": author.email_formatted}
        if not author:
            values["email_from"] = entry.who.email_from
            values["incoming_email_to"] = "sales@example.com"
        self._write_down(entry, entry.date, entry.words, "email", **values)
        if entry.answer:
            later = timedelta(hours=float(entry.value or ANSWER_HOURS))
            by = entry.user.partner_id
            self._write_down(
                entry,
                min(entry.date + later, fields.Datetime.now()),
                entry.answer,
                "comment",
                author_id=by.id,
                email_from=by.email_formatted,
            )

    def _write_down(self, entry, date, words, kind, **values):
        message = self.env["mail.message"].create(
            {
                "model": entry.who._name,
                "res_id": entry.who.id,
                "date": date,
                "body": Markup("<p>%s</p>") % words,
                "message_type": kind,
                "subtype_id": self.env.ref("mail.mt_comment").id,
                **values,
            }
        )
        self._backdate(message, date)

    def _tell_call(self, entry):
        self._tell_done(entry, "mail.mail_activity_data_call")

    def _tell_visit(self, entry):
        self._tell_done(entry, "trust_crm.mail_activity_type_visit")

    def _tell_done(self, entry, kind):
        """An activity that was marked done with what was learnt."""
        activity = (
            self.env["mail.activity"]
            .with_user(entry.user)
            .sudo()
            .create(
                {
                    "activity_type_id": self.env.ref(kind).id,
                    "res_model_id": self.env["ir.model"]._get_id(entry.who._name),
                    "res_id": entry.who.id,
                    "user_id": entry.user.id,
                    "date_deadline": entry.date.date(),
                }
            )
        )
        message = self.env["mail.message"].browse(activity.action_feedback(entry.words))
        self._backdate(message, entry.date, "date")
        self._backdate(activity, entry.date, "date_done")

    def _tell_meeting(self, entry):
        """A meeting that everybody accepted."""
        event = self.env["calendar.event"].create(
            {
                "name": entry.words,
                "user_id": entry.user.id,
                "start": entry.date,
                "stop": entry.date + timedelta(hours=1),
                "partner_ids": (entry.partner | entry.user.partner_id).ids,
            }
        )
        event.attendee_ids.state = "accepted"
        self._backdate(event, entry.date - timedelta(days=7))

    def _tell_won(self, entry):
        lead = self.env["crm.lead"].create(
            {
                "name": entry.words,
                "type": "opportunity",
                "partner_id": entry.partner.id,
                "user_id": entry.user.id,
                "expected_revenue": float(entry.value),
                "stage_id": self.env["crm.stage"]
                .search([("is_won", "=", True)])[:1]
                .id,
            }
        )
        self._backdate(lead, entry.date - SINCE_OFFER, "date_open")
        lead.write({"date_closed": entry.date, "date_last_stage_update": entry.date})

    def _tell_rating(self, entry):
        """What the customer gave, 1 to 5, for the last thing bought."""
        bought = self.env["crm.lead"].search(
            [
                ("partner_id", "=", entry.partner.id),
                ("date_closed", "<=", entry.date),
            ],
            order="date_closed desc",
            limit=1,
        )
        about = bought or entry.partner
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(about._name),
                "res_id": about.id,
                "partner_id": entry.partner.id,
                "rated_partner_id": entry.user.partner_id.id,
                "rating": float(entry.value),
                "feedback": entry.words,
                "consumed": True,
            }
        )
        self._backdate(rating, entry.date, "rated_on")

    def _tell_introduces(self, entry):
        """The customer brought the one named in ``words``."""
        guest = self._find(entry.key.split("/")[0], entry.words)
        guest.introducer_id = entry.partner
        if guest._name == "res.partner":
            self._backdate(guest, entry.date, oldest=True)

    def _tell_opted_out(self, entry):
        blacklisted = self.env["mail.blacklist"]._add(entry.partner.email)
        self._backdate(blacklisted, entry.date)

    def _tell_fact(self, entry):
        """What no app records yet; ``value`` is the magnitude."""
        self.env["trust.evidence"]._record(
            [
                {
                    "signal": entry.what,
                    "partner_id": entry.partner.id,
                    "date": entry.date,
                    "magnitude": float(entry.value or 1),
                    "user_id": entry.user.id,
                    "source_key": entry.key,
                    "note": entry.words,
                }
            ]
        )
