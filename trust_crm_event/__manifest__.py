# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
{
    "name": "Trust CRM: Events",
    "summary": "Invite the right people to an event; who came was met",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "website": "https://github.com/trust-crm/trust_crm",
    "author": "trust_crm contributors",
    "license": "LGPL-3",
    "depends": ["trust_crm", "event"],
    "data": [
        "security/ir.model.access.csv",
        "security/trust_event_security.xml",
        "data/trust_signal_data.xml",
        "data/mail_template_data.xml",
        "views/trust_event_invitation_views.xml",
        "wizard/trust_event_invite_views.xml",
        "views/event_event_views.xml",
    ],
    "demo": ["demo/trust_demo.xml"],
    "assets": {
        "web.assets_tests": ["trust_crm_event/static/tests/tours/**/*"],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
