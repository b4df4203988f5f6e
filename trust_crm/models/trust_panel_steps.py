# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .trust_complaint_step import OPEN
from .trust_promise import UNFULFILLED
from .trust_score_sql import COMPONENT_SUMS
from .trust_snapshot_moved import MOVED

# Promises and days to remember within this time are a next step; a promise that has
# been broken for longer is history.
AHEAD = timedelta(days=14)
BEHIND = timedelta(days=90)
STEPS = 3


class TrustRelationship(models.Model):
    """What to do next for this customer, and the doors to doing it (I1)."""

    _inherit = "trust.relationship"

    # ACTIONS

    @api.readonly
    def open_panel_door(self, door):
        """Return the action behind a button of the trust panel.

        :param str door: ``promise``, ``contact``, ``complaint`` or ``plan``
        :raises UserError: for a door that there is not
        """
        self.ensure_one()
        self.check_access("read")
        if door == "plan":
            return self.action_win_back()
        if door not in [name for name, *_label in self._panel_doors()]:
            raise UserError(self.env._("This cannot be done for this customer."))
        return getattr(self, f"_open_door_{door}")()

    # DOORS

    def _panel_doors(self):
        """Return ``[(door, label)]`` of what the reader may do here."""
        doors = [("promise", self.env._("Make a promise"))]
        if self.partner_id:
            doors.append(("contact", self.env._("Log a contact")))
            doors.append(("complaint", self.env._("Record a complaint")))
        models_of = {
            "promise": "trust.promise",
            "contact": "trust.encounter",
            "complaint": "trust.complaint",
        }
        return [
            (door, label)
            for door, label in doors
            if self.env[models_of[door]].has_access("create")
        ]

    def _open_door_promise(self):
        subject = self._get_subject()
        return self.env["trust.promise"].get_quick_action(subject._name, subject.id)

    def _open_door_contact(self):
        return self.partner_id.action_log_trust_encounter()

    def _open_door_complaint(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New complaint"),
            "res_model": "trust.complaint",
            "views": [[False, "form"]],
            "context": {"default_partner_id": self.partner_id.id},
        }

    # NEXT STEPS

    def _next_steps(self, doors, moved_out):
        """Return what would help now, most pressing first.

        :param doors: ``_panel_doors()``, for their labels
        :param moved_out: whether the circle was one further in a month ago
        :return: dicts ``text``, and either ``model`` and ``res_id`` of the record that
            it is about, or ``door`` and ``label``: what does it, or False
        """
        crisis = self._step_crisis()
        steps = [
            *crisis,
            *self._step_complaint(),
            # Its playbook calls and listens too: one voice speaks for us.
            *(() if crisis else self._step_win_back(moved_out)),
            *self._step_promise(),
            *self._step_contact(),
            *self._step_occasion(),
        ]
        known = [step.get("door") for step in steps]
        steps += [step for step in self._step_weakest() if step["door"] not in known]
        plan = self.env._("Start the win-back plan")
        labels = {"plan": plan, **dict(doors)}
        return [
            {**step, "label": labels.get(step["door"], False)}
            if "door" in step
            else step
            for step in steps[:STEPS]
        ]

    def _get_people_domain(self):
        """The customer's people; of a person also the company behind."""
        if not self.partner_id:
            return Domain.FALSE
        own = self.partner_id | self.partner_id.commercial_partner_id
        behind = Domain("partner_id", "in", own.ids)
        return behind | self.partner_id._get_trust_people_domain()

    def _say_step_day(self, day):
        today = self.env["trust.today"]
        return today._say_day(today._get_day(1), day)[0]

    def _prepare_step(self, record, text):
        return {"text": text, "model": record._name, "res_id": record.id}

    def _step_complaint(self):
        """The open complaint whose deadline is next, unless the customer has to act."""
        domain = Domain("step_code", "in", OPEN) & Domain("paused_since", "=", False)
        found = self.env["trust.complaint"].search(
            domain & self._get_people_domain(), limit=1
        )
        return [
            self._prepare_step(
                complaint,
                self.env._(
                    "Their complaint “%(what)s” waits for us.", what=complaint.subject
                ),
            )
            for complaint in found
        ]

    def _step_win_back(self, moved_out):
        """Who moved away this month and does not dissolve yet, which says so itself."""
        fell = round(-self.trend_30d) if self.has_trend else 0
        if self.dissolving or not (moved_out or fell >= MOVED):
            return []
        if activity := self._get_win_back_step():
            text = self._say_win_back_step(activity)
            return [self._prepare_step(self._get_subject(), text)]
        text = self.env._("They have moved out within 30 days: win them back.")
        if fell >= 1:
            text = self.env._(
                "Trust fell by %(points)s points in 30 days: win them back.",
                points=fell,
            )
        return [{"text": text, "door": "plan"}]

    def _step_promise(self):
        """Our promise that is due next, or late."""
        today = fields.Date.context_today(self)
        about = self._get_people_domain()
        if self.lead_id:
            about |= Domain("lead_id", "=", self.lead_id.id)
        promises = self.env["trust.promise"].search(
            about
            & Domain("state", "in", UNFULFILLED)
            & Domain("direction", "=", "ours")
            & Domain("date_deadline", ">=", today - BEHIND)
            & Domain("date_deadline", "<=", today + AHEAD),
            limit=1,
        )
        return [
            self._prepare_step(
                promise,
                self.env._(
                    "Our promise “%(what)s”: %(when)s.",
                    what=promise.name,
                    when=self._say_step_day(promise.date_deadline),
                ),
            )
            for promise in promises
        ]

    def _step_contact(self):
        if self.contact_due not in ("overdue", "due"):
            return []
        days, _longest = self.sudo()._get_rhythm()
        text = self.env._("Be in touch again: ideally every %(days)s days.", days=days)
        if self.last_contact_date:
            text = self.env._(
                "Be in touch again: last contact %(ago)s days ago, ideally every "
                "%(days)s days.",
                ago=self.contact_days,
                days=days,
            )
        return [{"text": text, "door": "contact"}]

    def _step_occasion(self):
        """The day of a person that is near and has no wish yet."""
        occasions = self.env["trust.occasion"].search(
            self._get_people_domain()
            & self.env["trust.today"]._get_near_domain(
                fields.Date.context_today(self), AHEAD
            ),
            order="next_date, id",
            limit=1,
        )
        return [
            self._prepare_step(
                occasion,
                self.env._(
                    "%(who)s, %(what)s: %(when)s.",
                    who=occasion.partner_id.name,
                    what=occasion._get_title(),
                    when=self._say_step_day(occasion.next_date),
                ),
            )
            for occasion in occasions
        ]

    def _step_weakest(self):
        """The advice for the component with the least evidence."""
        if not self.evidence_count:
            return []
        advice = {
            "c": (
                self.env._("Credibility has the least evidence: show what you can do."),
                False,
            ),
            "r": (
                self.env._(
                    "Reliability has the least evidence: a small promise, kept, helps."
                ),
                "promise",
            ),
            "i": (
                self.env._(
                    "Intimacy has the least evidence: a call or a visit helps most."
                ),
                "contact",
            ),
        }
        sums = {
            c: sum(self[name] for name in COMPONENT_SUMS if name.startswith(f"x_{c}_"))
            for c in advice
        }
        text, door = advice[min(sums, key=sums.get)]
        return [{"text": text, "door": door}]

    # WHAT IS MISSING

    def _missing_step(self, found):
        """Return the first step of building trust (S21) that nothing speaks of yet."""
        signals = self.env["trust.signal"].sudo().browse(found.heard)
        heard = set(signals.mapped("step"))
        hints = self._step_hints()
        field = self.env["trust.signal"]._fields["step"]
        for step, label in field._description_selection(self.env):
            if step not in heard:
                return {"step": step, "label": label, "hint": hints[step]}
        return False

    def _step_hints(self):
        return {
            "first_impression": self.env._(
                "Answer the next enquiry quickly and in person."
            ),
            "openness": self.env._("Answer their mails soon and openly."),
            "promise_service": self.env._("Make a small promise, and keep it."),
            "exchange_care": self.env._(
                "Call, visit or meet: nobody has been in touch yet."
            ),
            "upkeep": self.env._("Ask how they rate your work."),
        }
