# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE


def uninstall_hook(env):
    """Nothing observes events any more; what they said stays in the ledger."""
    env["trust.signal"]._get_by_code("event_attended").active = False
