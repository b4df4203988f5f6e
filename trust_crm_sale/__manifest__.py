# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
{
    "name": "Trust CRM: Sales",
    "summary": "Orders speak about a customer's trust",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "website": "https://github.com/trust-crm/trust_crm",
    "author": "trust_crm contributors",
    "license": "LGPL-3",
    "depends": ["trust_crm", "sale"],
    "data": [
        "views/res_config_settings_views.xml",
        "views/sale_order_views.xml",
        "views/trust_need_views.xml",
    ],
    "demo": ["demo/trust_demo.xml"],
    "assets": {
        "web.assets_backend": ["trust_crm_sale/static/src/**/*"],
        "web.assets_tests": ["trust_crm_sale/static/tests/tours/**/*"],
    },
    "auto_install": True,
}
