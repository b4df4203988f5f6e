"""Odoo inside this process: environments on the bench's databases."""

import contextlib
import logging
from collections.abc import Iterator

USER = "bench_user"


@contextlib.contextmanager
def environment(database: str, login: str | None = None, **context) -> Iterator:
    """An environment of its own transaction: the superuser's, or the user's."""
    from odoo import SUPERUSER_ID, api

    with registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, context)
        if login:
            user = env["res.users"].search([("login", "=", login)])
            companies = {"allowed_company_ids": user.company_id.ids}
            env = api.Environment(cr, user.id, companies | context)
        yield env


def registry(database: str):
    from odoo.modules.registry import Registry

    _settle()
    return Registry(database)


def _settle() -> None:
    from odoo.tools import config

    if not getattr(_settle, "done", False):
        config.parse_config(["--log-level=error"], setup_logging=True)
        logging.getLogger("odoo").setLevel(logging.ERROR)
        _settle.done = True


def close(database: str) -> None:
    """Let go of a database, so that it can be copied or dropped."""
    from odoo.modules.registry import Registry
    from odoo.sql_db import close_db

    Registry.delete(database)
    close_db(database)
