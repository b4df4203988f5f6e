# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from .trust_demo import Entry

ALMOST = "demo_carillon_tess"
SAID = "Stay as you are. The town hall asked me, and I said so."


class TrustDemo(models.AbstractModel):
    """Who is bound, who is about to move closer, and who is coming apart.

    The library of the story has been an insider for long; what its head said this
    morning carries it to the family, and waits for a word. The arboretum has been
    silent for a year.
    """

    _inherit = "trust.demo"

    def _observe(self):
        result = super()._observe()
        self._tell_last()
        return result

    def _tell_last(self):
        """This morning, when all history is there; the glue addons rebuild that."""
        tess = self.env.ref(f"trust_crm.{ALMOST}", raise_if_not_found=False)
        if tess and not self._is_told(tess):
            self._tell_feedback(self._prepare_morning(tess, "feedback", "5555555"))
            self._tell_fact(self._prepare_morning(tess, "need_met", "1"))
        self.env.cr.flush()
        self.env["trust.queue"]._drain()
        self._stand_before_family(tess.commercial_partner_id)
        relationships = self.env["trust.relationship"]
        relationships._find_dissolving(SQL("TRUE"), fields.Datetime.now())

    def _stand_before_family(self, customer):
        """A rebuilt history has accepted what is of this morning: it is to be asked."""
        relationship = self.env["trust.relationship"].search(
            [("partner_id", "in", customer.ids), ("circle_id.level", "=", 3)]
        )
        if not relationship:
            return
        self.env.cr.execute(
            SQL(
                "DELETE FROM trust_snapshot WHERE relationship_id = ANY(%s)"
                " AND circle_id = %s",
                relationship.ids,
                relationship.circle_id.id,
            )
        )
        self.env.invalidate_all()
        insider = self.env["trust.circle"].search([("level", "=", 2)])
        relationship.write({"circle_accepted_id": insider.id, "circle_id": insider.id})
        self.env.flush_all()
        relationship._fold(relationship.ids)

    def _is_told(self, who):
        return self.env["trust.feedback"].search_count(
            [("partner_id", "=", who.id), ("one_thing", "=", SAID)]
        )

    def _prepare_morning(self, who, what, value):
        date = fields.Datetime.now() - timedelta(hours=6)
        return Entry(
            key=ALMOST,
            date=date,
            day=date.date(),
            who=who,
            user=self.env.ref("base.user_admin"),
            what=what,
            value=value,
            words=SAID,
            answer="",
        )

    # WHAT HAPPENED

    def _tell_lock_in(self, entry):
        tie = self.env["trust.lock.in"].create(
            {
                "partner_id": entry.partner.id,
                "user_id": entry.user.id,
                "kind": entry.value,
                "date_start": entry.day,
                "note": entry.words,
            }
        )
        self._backdate(tie, entry.date)
