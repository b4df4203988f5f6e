# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import api, models
from odoo.tools import clean_context

# What a customer may say when filing; anything else in a form is left out.
FILED = ("subject", "description", "remedy_sought", "about_what", "feeling_ids")


class TrustComplaint(models.Model):
    """How complaints come in, and what begins with them, by whatever door."""

    _inherit = "trust.complaint"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _file(self, partner, vals, attachments=()):
        """A complaint in the customer's own words, acknowledged.

        :param partner: who complains, known to be who they are (portal)
        :param vals: values as they were posted; only those in ``FILED`` are taken
        :param attachments: (file name, bytes) pairs
        :return: the complaint, in sudo
        """
        values = {name: vals[name] for name in FILED if vals.get(name)}
        complaint = (
            self.sudo()
            .with_context(clean_context(self.env.context))
            .create(
                {
                    **values,
                    "partner_id": partner.id,
                    "source": "portal",
                    "company_id": (partner.company_id or self.env.company).id,
                }
            )
        )
        complaint._attach(attachments, partner)
        return complaint

    def _attach(self, attachments, author):
        """Keep the customer's files in the thread, where we and they see them."""
        if attachments:
            self.message_post(
                body=self.env._("Files of the complaint"),
                attachments=list(attachments),
                author_id=author.id,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )

    def _start(self):
        """After creation: targets, patience, deadlines, acknowledgement, evidence."""
        known = self._get_relationships()
        for complaint in self:
            complaint._portal_ensure_token()
            complaint._note_trust_before(known[complaint])
            complaint._log_start()
            complaint._set_targets()
            complaint._update_urgency(complaint.received_date, known)
            complaint._plan_deadlines()
            complaint._subscribe_parties()
            complaint._tell_arrival()
        self._link_repeats()
        self._acknowledge()
        # What is new has no evidence yet that could stand or be void.
        nothing = self.env["trust.evidence"].sudo()
        self._settle_trust_evidence(self._prepare_trust_evidence(), nothing)

    def _subscribe_parties(self):
        """Who looks after it hears each word, and so does who complained.

        What ``message_subscribe`` would search for about them is known already.
        """
        parties = self.user_id.partner_id
        if self.confirmed:
            parties |= self.partner_id
        parties = (parties - self.about_user_id.partner_id).filtered("active")
        if parties:
            customers = parties.filtered("partner_share")
            self._message_subscribe(parties.ids, customer_ids=customers.ids)

    def _tell_arrival(self):
        """What came in by itself is something to do for somebody, from now on."""
        if self.source in ("mail", "portal") and self.step_code == "received":
            self._notify_responsible(
                lambda env: env._("New complaint: %(subject)s", subject=self.subject)
            )

    def _log_start(self):
        """The first line of the history, unless it was given one."""
        if not self.move_ids:
            self.env["trust.complaint.move"].create(
                {
                    "complaint_id": self.id,
                    "step_id": self.step_id.id,
                    "date": self.received_date,
                    "author_id": (self.partner_id or self.env.user.partner_id).id,
                }
            )

    def _after_write(self, vals):
        """What follows from a person's edits (in sudo)."""
        if "severity" in vals:
            self._set_targets()
        if {"severity", "outside", "partner_id"} & vals.keys():
            self._update_urgency()
        if {"severity", "team_id", "company_id"} & vals.keys():
            self._plan_deadlines()
        if "cause_id" in vals and "original_id" not in vals:
            self._link_repeats()
        if {"severity", "partner_id", "cause_id", "about_user_id", "company_id"} & (
            vals.keys()
        ):
            self._collect_trust_evidence()
        if "about_user_id" in vals:
            self._keep_about_out()

    def _keep_about_out(self):
        """Whom it is about does not follow it, and has nothing to do on it."""
        for complaint in self:
            about = complaint.about_user_id
            complaint.message_unsubscribe(about.partner_id.ids)
            complaint.activity_ids.filtered_domain(
                [("user_id", "=", about.id)]
            ).unlink()

    def _confirm(self):
        """The sender is the customer: the complaint counts from its reception."""
        self.filtered(lambda c: not c.confirmed).write({"confirmed": True})
        for complaint in self:
            complaint.message_subscribe(complaint.partner_id.ids)
        self._update_urgency()
        self._collect_trust_evidence()

    def _link_repeats(self):
        """A second complaint of the same cause points to the customer's first."""
        for complaint in self:
            first = self.browse()
            if complaint.cause_id and complaint.commercial_partner_id:
                first = self.search(
                    [
                        (
                            "commercial_partner_id",
                            "=",
                            complaint.commercial_partner_id.id,
                        ),
                        ("cause_id", "=", complaint.cause_id.id),
                        ("company_id", "=", complaint.company_id.id),
                        ("received_date", "<=", complaint.received_date),
                        ("id", "!=", complaint.id),
                    ],
                    order="received_date, id",
                    limit=1,
                )
            complaint.repeat_ids.original_id = first
            if complaint.original_id != first:
                complaint.original_id = first
