# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE


def uninstall_hook(env):
    """Remove the parameters that no data file made: where the nights have got to."""
    parameters = env["ir.config_parameter"].sudo()
    parameters.search([("key", "=like", r"trust\_crm.%")]).unlink()
