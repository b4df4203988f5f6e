# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import csv
from datetime import timedelta

from odoo import fields, models
from odoo.tools import file_open

from .trust_complaint_step import LEFT, OPEN, PATH

COMPLAINTS = "trust_crm/demo/complaints.csv"
STEP_HOURS = 20
WORKED_OUT = PATH[2:]


class TrustDemo(models.AbstractModel):
    """Complaints of the story; ``value`` names the line of ``demo/complaints.csv``.

    ``answered`` is hours after reception, ``ended`` days before today.
    """

    _inherit = "trust.demo"

    # WHAT HAPPENED

    def _tell_complaint(self, entry):
        line = self._read_complaints()[entry.value]
        self = self.with_context(trust_complaint_robot=True)  # no mail goes out
        values = self._prepare_complaint(entry, line)
        complaint = self.env["trust.complaint"].create(values)
        self._backdate(complaint, entry.date)

    def _read_complaints(self):
        with file_open(COMPLAINTS, "r") as file:
            return {row["key"]: row for row in csv.DictReader(file, delimiter=";")}

    def _prepare_complaint(self, entry, line):
        now, step = fields.Datetime.now(), line["step"]
        partner = entry.who if line["source"] != "mail" else entry.who.browse()
        answered = line["answered"] and entry.date + timedelta(
            hours=float(line["answered"])
        )
        ended = line["ended"] and self._moment(now, int(line["ended"]), 4)
        values = {
            "subject": entry.words,
            "description": line["words"],
            "partner_id": partner.id,
            "email_from": line["email"],
            "confirmed": line["source"] != "mail",
            "user_id": entry.user.id,
            "received_date": entry.date,
            "severity": line["severity"],
            "source": line["source"],
            "outside": bool(line["outside"]),
            "remedy_sought": line["remedy"],
            "step_id": self.env["trust.complaint.step"]._get(step).id,
            "answered_date": answered and min(answered, now),
            "answered_by_id": answered and entry.user.id,
            "touchpoint_id": self._named("touchpoint", line["touchpoint"]).id,
            "cause_id": self._named("complaint_cause", line["cause"]).id,
            "rater": line["rater"],
            **self._prepare_listening(line, step),
            **self._prepare_proposals(entry, line, ended or now),
            **self._prepare_end(entry, line, step, ended),
        }
        steps = PATH[: PATH.index(step) + 1] if step in PATH else (*PATH[:2], step)
        values["move_ids"] = self._prepare_moves(entry, steps, ended or now)
        return values

    def _named(self, prefix, name):
        return self.env.ref(f"trust_crm.{prefix}_{name}") if name else self.browse()

    def _prepare_listening(self, line, step):
        feelings = [
            self._named("feeling", name).id for name in line["feelings"].split()
        ]
        return {
            "feeling_ids": [fields.Command.set(feelings)],
            "wanted": line["wanted"],
            "problem": line["problem"],
            "problem_agreed": step in WORKED_OUT or step in LEFT,
        }

    def _prepare_proposals(self, entry, line, until):
        """ "refused: offer, answer | accepted: offer, answer" as solutions."""
        commands, refused = [], 0
        told = [part for part in line["proposals"].split(" | ") if part]
        for number, part in enumerate(told, 1):
            state, _colon, rest = part.partition(": ")
            name, _comma, answer = rest.partition(" / ")
            refused += state == "refused"
            share = (until - entry.date) * number / (len(told) + 1)
            commands.append(
                fields.Command.create(
                    {
                        "name": name,
                        "state": state,
                        "answer": answer,
                        "answered_by": answer and "customer",
                        "date_proposed": entry.date + share * 0.9,
                        "date_answered": answer and entry.date + share,
                    }
                )
            )
        return {"solution_ids": commands, "refusal_count": refused}

    def _prepare_end(self, entry, line, step, ended):
        values = {"apology": line["apology"], "no_redress": False}
        if line["redress"]:
            name, _slash, value = line["redress"].partition(" / ")
            values["redress_ids"] = [
                fields.Command.create(
                    {
                        "kind": "other",
                        "name": name,
                        "value": float(value),
                        "state": "given" if step not in OPEN else "approved",
                        "approved_by_id": entry.user.id,
                    }
                )
            ]
        if step in ("resolved", "closed"):
            values |= {"resolved_date": ended, "outcome": "good"}
            values["no_redress"] = not line["redress"]
            if step == "closed":
                values |= {"closed_date": ended, "customer_told": True}
        if step in LEFT:
            values |= {"stopped_date": ended, "end_reason": line["reason"]}
        if line["outcome"]:
            values["outcome"] = line["outcome"]
        if values.get("outcome"):
            values |= {"outcome_date": ended, "outcome_voice": "customer"}
        values["recovered"] = line["recovered"] or "unknown"
        values["recovery_asked"] = values["later_noted"] = bool(line["recovered"])
        return values

    def _prepare_moves(self, entry, codes, until):
        """A history whose steps lie some hours apart, and end when it did."""
        gap = min(timedelta(hours=STEP_HOURS), (until - entry.date) / len(codes))
        steps, by = self.env["trust.complaint.step"], entry.user.partner_id
        before, commands = steps, []
        for number, code in enumerate(codes):
            step = steps._get(code)
            commands.append(
                fields.Command.create(
                    {
                        "from_id": before.id,
                        "step_id": step.id,
                        "date": until
                        if code not in OPEN
                        else entry.date + gap * number,
                        "author_id": (by if number else entry.partner).id or by.id,
                    }
                )
            )
            before = step
        return commands

    def _observe(self):
        """With the scores there, trust before and after each complaint is known."""
        result = super()._observe()
        complaints = self.env["trust.complaint"].search(
            [("resolved_date", "!=", False)]
        )
        for complaint in complaints:
            history = complaint._get_relationship().snapshot_ids.sorted("date")
            for name, date in (
                ("trust_before", complaint.received_date - timedelta(days=1)),
                ("trust_after", complaint.resolved_date + timedelta(days=30)),
                ("trust_after_90", complaint.resolved_date + timedelta(days=90)),
            ):
                past = history.filtered_domain([("date", "<=", date)])[-1:]
                if past and date <= fields.Datetime.now():
                    complaint[name] = past.trust_index
        return result
