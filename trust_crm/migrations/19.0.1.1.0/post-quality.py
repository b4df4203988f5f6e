# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The ledger has always held what quality is made of: fold it once.

    What binds customers can be written down from now on.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["trust.queue"]._push_all("quality")
    signal = env.ref("trust_crm.signal_lock_in", raise_if_not_found=False)
    if signal:
        signal.active = True
