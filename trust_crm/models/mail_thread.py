# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
import codecs

from odoo import api, models
from odoo.tools import SQL

ROBOT_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")


class MailThread(models.AbstractModel):
    """Complaints in the mail gateway: who may write into a thread, and robots."""

    _inherit = "mail.thread"

    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """A stranger's reply into somebody's complaint becomes one of its own."""
        route = super()._routing_check_route(
            message, message_dict, route, raise_exception
        )
        if not route or route[0] != "trust.complaint" or not route[1]:
            return route
        complaint = self.env["trust.complaint"].sudo().browse(route[1]).exists()
        if complaint and complaint._is_party(message_dict.get("email_from")):
            return route
        model, _thread_id, values, user_id, alias = route
        values = dict(values or {})
        if complaint:
            values["company_id"] = complaint.company_id.id
        return model, 0, values, user_id, alias

    @api.model
    def message_parse(self, message, save_original=False):
        """A charset that nobody knows is no reason to lose a mail."""
        for part in message.walk():
            charset = part.get_content_charset()
            if charset and not _is_charset(charset):
                part.set_param("charset", "utf-8")
        return super().message_parse(message, save_original)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Make one complaint of a mail, and tell whether a robot sent it."""
        ours = [route for route in routes or () if route[0] == "trust.complaint"]
        if ours:
            robot = _is_robot(message)
            self = self.with_context(trust_complaint_robot=robot)
            fresh = [route for route in ours if not route[1]]
            if fresh and self._is_complaint_already(message_dict["message_id"]):
                routes = [route for route in routes if route not in fresh]
        return super()._message_route_process(message, message_dict, routes)

    @api.model
    def _is_complaint_already(self, message_id):
        """Did another fetcher make a complaint of this mail meanwhile?

        Wait for whoever is at it (the lock lasts until the end of the transaction),
        then look with the eyes of a new one: this one sees the past. Without this the
        unique index would refuse the second, and Odoo call the alias broken.
        """
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(hashtextextended(%s, 19))", message_id)
        )
        with self.pool.cursor() as cr:
            query = "SELECT FROM trust_complaint WHERE mail_key = %s"
            cr.execute(SQL(query, message_id))
            return bool(cr.rowcount)


def _is_charset(name):
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True


def _is_robot(message):
    """Was this mail sent by a machine on its own account (RFC 3834)?"""
    automatic = (message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
    precedence = (message.get("Precedence") or "").strip().lower()
    return (
        automatic != "no"
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or any(message.get(header) for header in ROBOT_HEADERS)
    )
