# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
{
    "name": "Trust CRM: Invoicing",
    "summary": "From what a complaint grants to its credit note",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "website": "https://github.com/trust-crm/trust_crm",
    "author": "trust_crm contributors",
    "license": "LGPL-3",
    "depends": ["trust_crm", "account"],
    "data": ["views/account_move_views.xml", "views/trust_complaint_views.xml"],
    "auto_install": True,
}
