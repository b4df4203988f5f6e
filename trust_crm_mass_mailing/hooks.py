# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE


def uninstall_hook(env):
    """Nothing observes mailings any more; what they said stays in the ledger."""
    companies = env["res.company"].sudo()
    if "trust_offer_days" in companies._fields:  # trust_crm_sale observes offers
        if companies.search_count([("trust_offer_days", ">", 0)], limit=1):
            return
    env["trust.signal"]._get_by_code("pushy_selling").active = False
