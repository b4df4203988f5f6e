# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The ledger has always held what quality is made of: fold it once.

    What binds customers can be written down from now on.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    _ask_before_family(env)
    env["trust.queue"]._push_all("quality")
    signal = env.ref("trust_crm.signal_lock_in", raise_if_not_found=False)
    if signal:
        signal.active = True


def _ask_before_family(env):
    """Moves into the family are proposed from now on; who is there stays."""
    env.cr.execute(
        "UPDATE trust_relationship SET circle_accepted_id = circle_evident_id"
    )
    family = env.ref("trust_crm.circle_family", raise_if_not_found=False)
    if family:
        env.cr.execute(
            "UPDATE trust_circle SET mode = 'propose' WHERE id = %s", (family.id,)
        )
    env.invalidate_all()
