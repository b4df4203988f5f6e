# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
{
    "name": "Trust CRM: Deliveries",
    "summary": "The promised delivery date against what was delivered when",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "website": "https://github.com/trust-crm/trust_crm",
    "author": "trust_crm contributors",
    "license": "LGPL-3",
    "depends": ["trust_crm_sale", "sale_stock"],
    "demo": ["demo/trust_demo.xml"],
    "auto_install": True,
}
