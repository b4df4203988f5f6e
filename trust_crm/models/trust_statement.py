# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Prepared statements: planning the fold costs ten times what running it does.

PostgreSQL keeps a prepared plan per connection; whether it is there is asked in the
same transaction, so connection poolers do no harm.
"""

import hashlib
from contextlib import contextmanager

from odoo.tools import SQL


def as_text(env, sql):
    """Return composed ``sql`` (parameters written as $1, $2 …) as a constant text."""
    text = env.cr.mogrify(sql.code, sql.params)
    return text.decode() if isinstance(text, bytes) else text


@contextmanager
def in_sets(env):
    """Join many relationships by hash, whatever the statistics say.

    Right after the first collection PostgreSQL believes the tables to be empty and
    would compute all scores anew for each row.
    """
    env.cr.execute("SET LOCAL enable_nestloop = off")
    yield
    env.cr.execute("SET LOCAL enable_nestloop = DEFAULT")


def run_prepared(env, text, types, *args):
    """Run ``text`` with ``args`` under its cached plan; return the rows.

    :param types: SQL types of $1, $2 …
    """
    name = SQL.identifier(f"trust_{hashlib.sha1(text.encode()).hexdigest()[:24]}")
    env.cr.execute(
        "SELECT FROM pg_prepared_statements WHERE name = %s", (name.code.strip('"'),)
    )
    if not env.cr.rowcount:
        # pylint: disable=sql-injection  # the text was composed by odoo.tools.SQL
        body = SQL(text.replace("%", "%%"))
        kinds = SQL(", ").join(SQL(kind) for kind in types)
        env.cr.execute(SQL("PREPARE %s (%s) AS %s", name, kinds, body))
    env.cr.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    values = SQL(", ").join(SQL("%s", arg) for arg in args)
    rows = env.execute_query(SQL("EXECUTE %s (%s)", name, values))
    env.cr.execute("SET LOCAL plan_cache_mode = DEFAULT")
    return rows


def tune_storage(cr, table):
    """Leave room in the pages of a table whose rows the nights rewrite.

    A new version of a row then finds a place beside the old one, and what is left
    behind is cleaned up before it is a fifth of the table.
    """
    cr.execute(
        SQL(
            "ALTER TABLE %s SET (fillfactor = 55,"
            " autovacuum_vacuum_scale_factor = 0.05)",
            SQL.identifier(table),
        )
    )
