# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from markupsafe import Markup

from odoo import api, models


class TrustRelationship(models.Model):
    """The empty screen says whether anything is observed yet, and who can start it."""

    _inherit = "trust.relationship"

    @api.model
    def get_empty_list_help(self, help_message):
        hint = self._first_run_hint()
        return super().get_empty_list_help(
            Markup("%s%s") % (Markup(help_message), hint)
        )

    def _first_run_hint(self):
        """Return HTML: how to begin, for whoever may; empty when observing goes on."""
        run = self.env["trust.collection"]._newest()
        if run.state == "done":
            return ""
        if not self.env.user.has_group("trust_crm.group_trust_admin"):
            hint = self.env._("Ask a trust administrator to start from history.")
            return "" if run else Markup("<p>%s</p>") % hint
        hints = {
            "running": self.env._("The history is being read: see how far it is"),
            "scoring": self.env._("The scores are being made: see how far they are"),
            "stopped": self.env._("Reading the history was stopped: let it go on"),
        }
        hint = hints.get(run.state) or self.env._("Start from the history you have")
        return Markup('<p><a class="btn btn-primary" href="%s">%s</a></p>') % (
            "/odoo/action-trust_crm.trust_day_one_action",
            hint,
        )
