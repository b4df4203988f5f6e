# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
{
    "name": "Trust CRM: Surveys",
    "summary": "A long survey of service quality whose answers count as the pulse does",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "website": "https://github.com/trust-crm/trust_crm",
    "author": "trust_crm contributors",
    "license": "LGPL-3",
    "depends": ["trust_crm", "survey"],
    "data": [
        "data/survey_data.xml",
        "views/survey_question_views.xml",
        "views/trust_feedback_views.xml",
    ],
    "auto_install": True,
}
