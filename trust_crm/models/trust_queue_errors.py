# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Which errors of a refresh are the row's own, the moment's, the server's."""

import psycopg2
from psycopg2 import errorcodes

# Another transaction was faster: roll back and try again.
CONCURRENCY = (
    errorcodes.SERIALIZATION_FAILURE,
    errorcodes.DEADLOCK_DETECTED,
    errorcodes.LOCK_NOT_AVAILABLE,
)
# Connection lost, server out of resources or going down: wait for better times.
_SERVER_TROUBLE = ("08", "53", "57P", "58")


def is_own_fault(error):
    """Tell whether an error came from the rows that were worked on."""
    if isinstance(error, psycopg2.InterfaceError):
        return False
    code = getattr(error, "pgcode", None)
    if isinstance(error, psycopg2.OperationalError) and not code:
        return False
    return code not in CONCURRENCY and not (code or "").startswith(_SERVER_TROUBLE)
