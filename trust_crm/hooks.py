# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE


def uninstall_hook(env):
    """Remove what no data file made.

    The parameters in which the nights remember where they have got to, and activity
    plans for documents of ours: they would plan for models that are no more.
    """
    parameters = env["ir.config_parameter"].sudo()
    parameters.search([("key", "=like", r"trust\_crm.%")]).unlink()
    plans = env["mail.activity.plan"].sudo().with_context(active_test=False)
    plans.search([("res_model", "=like", "trust.%")]).unlink()
