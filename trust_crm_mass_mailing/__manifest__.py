# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
{
    "name": "Trust CRM: Email Marketing",
    "summary": "Mailings at the wrong moment count against us; warned before they go",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "website": "https://github.com/trust-crm/trust_crm",
    "author": "trust_crm contributors",
    "license": "LGPL-3",
    "depends": ["trust_crm", "mass_mailing"],
    "data": [
        "data/trust_signal_data.xml",
        "views/mailing_mailing_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "demo": ["demo/trust_demo.xml"],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
