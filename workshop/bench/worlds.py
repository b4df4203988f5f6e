"""The bench's databases: made once per scale by set-based SQL, kept, copied.

``plain`` holds customers and leads without our addons; ``app`` the same with them, a
ledger and the relationships folded from it.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from .. import databases, paths, sources, templates, test_databases
from ..console import locked, step
from . import odoo_env

SQL_FOLDER = Path(__file__).with_name("sql")
RELATIONSHIPS, EVIDENCE = 100_000, 2_000_000
EMPLOYEES = 20
DATA = ("partners", "leads", "relationships", "ledger", "past", "pages", "history")
VERSION = 2  # of how this file makes them
GROUPS = ("base.group_user", "sales_team.group_sale_salesman_all_leads")
TRUST_GROUP = "trust_crm.group_trust_user_all"


def name_of(kind: str, scale: float) -> str:
    return f"trust_bench_{paths.clone_id()}_{kind}_{scale:g}".replace(".", "_")


def sizes(scale: float) -> dict[str, int]:
    """How many of everything; relationships = partners + strangers."""
    count = max(200, round(RELATIONSHIPS * scale))
    companies, contacts = count * 4 // 10, count * 5 // 10
    return {
        "companies": companies,
        "contacts": contacts,
        "partners": companies + contacts,
        "strangers": count - companies - contacts,
        "subjects": count,
        "open": count,
        "closed": count // 5,
        "rows": count * (EVIDENCE // RELATIONSHIPS),
    }


def plain(scale: float) -> str:
    """Customers and leads in Odoo's CRM, Sales and Stock; our addons are absent."""
    return kept("plain", scale, _make_plain)


def app(scale: float) -> str:
    """The same with our addons, a ledger and scores."""
    return kept("app", scale, _make_app)


@contextlib.contextmanager
def copied(source: str) -> Iterator[str]:
    """A copy that is dropped afterwards."""
    name = f"{source}_{os.getpid()}"
    odoo_env.close(source)
    databases.drop(name)
    databases.copy(source, name)
    try:
        yield name
    finally:
        odoo_env.close(name)
        databases.drop(name)


def run_sql(database: str, *files: str, **parameters) -> None:
    """Run the files of the folder ``sql`` in one transaction, then tidy up."""
    with databases.cursor(database) as cr:
        cr.execute("BEGIN; SELECT setseed(0.5)")
        for file in files:
            cr.execute(text_of(file), parameters)
        cr.execute("COMMIT")
    tidy(database)


def text_of(file: str) -> str:
    return (SQL_FOLDER / file).read_text()


def tidy(database: str) -> None:
    """What autovacuum would do in the night, before anything is measured."""
    with databases.cursor(database) as cr:
        cr.execute("VACUUM (ANALYZE)")


# MAKING


def kept(kind: str, scale: float, make) -> str:
    """The database of a kind, made when it is missing or was made otherwise."""
    name = name_of(kind, scale)
    with locked(paths.clone_folder() / f".{name}", f"Waiting for {name} …"):
        if databases.marked(name).get("made_by") != _recipe():
            unfinished = f"{name}_new"
            databases.drop(name)
            databases.drop(unfinished)
            with step(f"Making the database {name}"):
                make(unfinished, scale)
            odoo_env.close(unfinished)
            databases.rename(unfinished, name)
            _mark(name)
        if kind != "plain":
            _bring_up_to_date(name)
    return name


def _bring_up_to_date(name: str) -> None:
    changed = sources.changed(databases.marked(name)["addons"])
    if changed:
        odoo_env.close(name)
        with step(f"Updating {', '.join(changed)} in {name}"):
            test_databases.update(name, changed)
        _mark(name)


def _mark(name: str) -> None:
    facts = {"made_by": _recipe(), "addons": sources.fingerprints()}
    databases.mark(name, facts)


def _recipe() -> str:
    """A fingerprint of how the data are made."""
    digest = hashlib.sha256(str(VERSION).encode())
    for file in DATA:
        digest.update(text_of(f"{file}.sql").encode())
    return f"{templates.base_name()}-{digest.hexdigest()[:12]}"


def make_people(name: str, numbers: dict[str, int], addons: bool) -> dict:
    """Employees and partners; return what the SQL files need.

    :param addons: whether our addons are installed
    """
    if addons:
        templates.copy_to(name)
    else:
        databases.copy(templates.base(), name)
    with odoo_env.environment(name) as env:
        _make_users(env, (*GROUPS, TRUST_GROUP) if addons else GROUPS)
        env["ir.config_parameter"].set_param("crm.pls_start_date", "2001-01-01")
        parameters = _configured(env) | numbers
        env.cr.commit()
    first = reserve(name, "res_partner", parameters["companies"] + numbers["contacts"])
    parameters |= {"first": first, "first_partner": first}
    run_sql(name, "partners.sql", **parameters)
    return parameters


def _make_plain(name: str, scale: float, addons: bool = False) -> dict:
    parameters = make_people(name, sizes(scale), addons)
    leads = parameters["open"] + parameters["closed"]
    parameters["first"] = reserve(name, "crm_lead", leads)
    run_sql(name, "leads.sql", **parameters)
    return parameters | {"first_lead": parameters["first"]}


def _make_app(name: str, scale: float) -> None:
    parameters = _make_plain(name, scale, addons=True)
    run_sql(name, "relationships.sql", "ledger.sql", **parameters)
    refresh(name)
    run_sql(name, "past.sql")
    refresh(name)


def refresh(name: str) -> None:
    with odoo_env.environment(name) as env:
        env["trust.relationship"]._refresh()
        env.cr.execute("DELETE FROM trust_queue")
    tidy(name)


def _configured(env) -> dict:
    stages = env["crm.stage"].search([])
    employees = env["res.users"].search([("login", "like", "bench_employee")])
    return {
        "company": env.company.id,
        "countries": env["res.country"].search([], limit=40).ids,
        "users": employees.ids,
        "team": env["crm.team"].search([], limit=1).id,
        "stages": stages.filtered(lambda stage: not stage.is_won).ids,
        "won_stage": stages.filtered("is_won")[:1].id,
    }


def _make_users(env, groups: tuple[str, ...]) -> None:
    logins = [f"bench_employee_{i}" for i in range(EMPLOYEES)] + [odoo_env.USER]
    group_ids = [env.ref(group).id for group in groups]
    users = env["res.users"].with_context(no_reset_password=True)
    made = users.create(
        [
            {"name": login, "login": login, "group_ids": [(6, 0, group_ids)]}
            for login in logins
        ]
    )
    made[-1].password = odoo_env.USER


def reserve(database: str, table: str, count: int) -> int:
    """Take ``count`` ids in a row from a table's sequence; return the first."""
    with databases.cursor(database) as cr:
        cr.execute("SELECT nextval(%s)", (f"{table}_id_seq",))
        first = cr.fetchone()[0]
        cr.execute("SELECT setval(%s, %s)", (f"{table}_id_seq", first + count))
    return first
