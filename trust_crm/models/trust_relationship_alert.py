# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import logging

from odoo import api, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class TrustRelationship(models.Model):
    """Alerts: a relationship that crossed a band or circle downward calls its owner."""

    _inherit = "trust.relationship"  # pylint: disable=consider-merging-classes-inherited

    # BUSINESS

    @api.model
    def _schedule_alerts(self, moves):
        """Schedule one activity per relationship that fell, none while one is open.

        :param moves: rows (id, old band, new band, old circle, new circle, ...)
        """
        fallen = {move[0]: move for move in moves if self._fell(*move[1:5])}
        if not fallen:
            return
        relationships = self.sudo().browse(fallen).filtered("user_id.active")
        kind = self.env.ref("trust_crm.mail_activity_alert", raise_if_not_found=False)
        if not relationships or not kind:
            return
        for relationship in relationships._to_alert(kind):
            try:
                with self.env.cr.savepoint():
                    relationship._schedule_alert(kind, fallen[relationship.id])
            except UserError as error:  # an owner who may not see the customer
                _logger.info("No alert for %s: %s", relationship, error)

    def _schedule_alert(self, kind, move):
        subject = self._get_subject()
        subject.with_context(mail_activity_quick_update=True).activity_schedule(
            activity_type_id=kind.id,
            user_id=self.user_id.id,
            summary=self._alert_summary(move),
        )

    def _to_alert(self, kind):
        """Return one relationship per company and owner that no alert is open about.

        A fact about a contact also lowers the company: the owner is called once.
        """
        calm = self._with_open_alert(kind)
        chosen = {}
        for rel in (self - calm).sorted(lambda r: (not r.is_commercial, r.id)):
            family = rel.partner_id.commercial_partner_id or rel.lead_id
            chosen.setdefault((family, rel.user_id), rel)
        return self.browse(rel.id for rel in chosen.values())

    def _fell(self, old_band, new_band, old_circle, new_circle):
        if old_band is not None and new_band is not None and new_band < old_band:
            return True
        if not old_circle or not new_circle or old_circle == new_circle:
            return False
        level = {c.id: c.level for c in self.env["trust.circle"].sudo().search([])}
        return level[new_circle] < level[old_circle]

    def _with_open_alert(self, kind):
        """Return those with an open alert on the lead, or on anybody of the company."""
        families = self.partner_id.commercial_partner_id
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        members = partners.search([("commercial_partner_id", "in", families.ids)])
        groups = (
            self.env["mail.activity"]
            .sudo()
            ._read_group(
                [
                    ("activity_type_id", "=", kind.id),
                    ("res_model", "in", ("res.partner", "crm.lead")),
                    ("res_id", "in", members.ids + self.lead_id.ids),
                ],
                ["res_model", "res_id"],
            )
        )
        ids = {"res.partner": set(), "crm.lead": set()}
        for model, res_id in groups:
            ids[model].add(res_id)
        alarmed = partners.browse(ids["res.partner"]).commercial_partner_id
        return self.filtered(
            lambda r: (
                r.partner_id.commercial_partner_id in alarmed
                or r.lead_id.id in ids["crm.lead"]
            )
        )

    def _alert_summary(self, move):
        """Return one line in the owner's language that says what happened."""
        self.ensure_one()
        owner = self.with_context(lang=self.user_id.lang)
        _id, old_band, new_band, old_circle, new_circle = move[:5]
        if old_band is not None and new_band is not None and new_band < old_band:
            bands = dict(owner._fields["band"]._description_selection(owner.env))
            return owner.env._(
                "Trust fell from %(old)s to %(new)s: find out why",
                old=bands[str(old_band)].lower(),
                new=bands[str(new_band)].lower(),
            )
        circles = owner.env["trust.circle"].browse((old_circle, new_circle))
        return owner.env._(
            "Moved out from %(old)s to %(new)s: find out why",
            old=circles[0].name,
            new=circles[1].name,
        )
