# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE


def migrate(cr, version):
    """Affective commitment is computed when it is read, as all quality is."""
    cr.execute(
        "ALTER TABLE trust_relationship DROP COLUMN IF EXISTS commitment_affective"
    )
