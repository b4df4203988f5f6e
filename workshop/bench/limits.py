"""The limits: hand-written SQL that does the same arithmetic on the same rows.

It shares no line with the addon. It writes to twins of our tables with the same
indexes, foreign keys and storage, and a bench first proves both results equal.
"""

from .. import databases
from . import worlds

TWINS = {
    "trust_relationship": "bench_relationship",
    "trust_bond": "bench_bond",
    "trust_snapshot": "bench_snapshot",
}
COMPONENTS = [f"{c}_{g}" for c in "crio" for g in ("pos", "staff", "neg")]
SUMS = COMPONENTS + [f"affective_{g}" for g in ("pos", "staff", "neg")]
# The other parts of quality, of which good and bad can happen by the default policy.
QUALITY = [
    f"{part}_{group}"
    for part, groups in {
        "satisfaction": "pos staff neg",
        "continuance": "pos staff",
        "normative": "pos staff neg",
        "utilitarian": "pos staff",
        "sociable": "pos staff",
        "reciprocal": "pos staff",
    }.items()
    for group in groups.split()
]
_PARTS = ("affective", *dict.fromkeys(name.split("_")[0] for name in QUALITY))
_GROUPS = {"pos": 0, "staff": 1, "neg": 2}


def parameters(env, at) -> dict:
    """What the hand-written statements take from the configuration."""
    return {
        "at": at,
        "policy": env["trust.policy"]._get_published_id(env.company.id),
        "circles": env["trust.circle"].search([], order="level").ids,
        "stages": env["trust.stage"].search([], order="level").ids,
        "contacts": _contact_signals(env),
    }


def _contact_signals(env) -> list[int]:
    signals = env["trust.signal"].with_context(active_test=False)
    return signals.search([("is_contact", "=", True)]).ids


def make_twins(cr, filled: bool = True, twins: dict[str, str] = TWINS) -> None:
    """Make the twins anew, as fresh and as full as our tables."""
    for table, twin in twins.items():
        cr.execute(f"DROP TABLE IF EXISTS {twin} CASCADE")
        cr.execute(f"CREATE TABLE {twin} (LIKE {table} INCLUDING ALL)")
        for column, target in _foreign_keys(cr, table, twins):
            cr.execute(
                f"ALTER TABLE {twin} ADD FOREIGN KEY ({column}) REFERENCES {target}"
            )
        if filled:
            cr.execute(f"INSERT INTO {twin} SELECT * FROM {table}")


def _foreign_keys(cr, table: str, twins: dict[str, str]) -> list[tuple[str, str]]:
    cr.execute(
        """SELECT a.attname, c.confrelid::regclass::text
             FROM pg_constraint c
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND c.conrelid = %s::regclass""",
        (table,),
    )
    return [(column, twins.get(target, target)) for column, target in cr.fetchall()]


def ageing() -> str:
    """The statement that ages all relationships; bonds fade as they are read."""
    own = _each("{0} * f", "r.x_{0}", "x_{0}", SUMS)
    lent = _each(
        "CASE WHEN {1} IS NULL THEN 0 ELSE greatest(0, {1} * l.f - CASE WHEN"
        " r.partner_id IS NULL THEN 0 ELSE {0} * r.f END) END",
        "r.x_{0}",
        "l_{0}",
        COMPONENTS,
        "l.x_{0}",
    )
    return worlds.text_of("limit_ageing.sql").format(
        own=own.replace("* f", "* r.f"), lent=lent, **_fragments()
    )


def fold() -> str:
    """The statement that folds the whole ledger into the emptied twins."""
    every = SUMS + QUALITY
    lent = "greatest(0, COALESCE({1}, 0) - CASE WHEN r.partner_id IS NULL THEN 0"
    return worlds.text_of("limit_fold.sql").format(
        sums=", ".join(map(_sum, every)),
        quality_slots=" ".join(
            f"WHEN '{part}' THEN {3 * i}" for i, part in enumerate(_PARTS)
        ),
        summed=_each("sum({0})", "s.x_{0}", "x_{0}", every),
        plain=_each("{0}", "s.x_{0}", "x_{0}", every),
        own=_each("COALESCE({0}, 0)", "t.x_{0}", "x_{0}", every),
        quality_names="".join(f", x_{name}" for name in QUALITY),
        quality="".join(f", nullif(x_{name}, 0)" for name in QUALITY),
        lent=_each(
            f"{lent} ELSE COALESCE({{0}}, 0) END)",
            "t.x_{0}",
            "l_{0}",
            COMPONENTS,
            "m.x_{0}",
        ),
        names=", ".join(f"x_{name}" for name in SUMS),
        bond_names=", ".join(f"x_{name}" for name in COMPONENTS),
        **_fragments(),
    )


def _sum(name: str) -> str:
    """One sum of the fold: a line counts on a component and on a part of quality."""
    part, group = name.split("_")
    kind = "s" if name in COMPONENTS else "q"
    first = 3 * ("crio".index(part) if kind == "s" else _PARTS.index(part))
    return (
        f"COALESCE(sum(f * {kind}_w) FILTER (WHERE CASE WHEN {kind}_bad"
        f" OR e.voice <> 'staff' THEN {kind}_slot ELSE {kind}_slot + 1 END"
        f" = {first + _GROUPS[group]}), 0) AS x_{name}"
    )


def _fragments() -> dict[str, str]:
    return {
        name: worlds.text_of(f"limit_{name}.sql").strip()
        for name in ("score", "levels")
    }


def _each(
    shape: str, column: str, alias: str, names: list[str], other: str = ""
) -> str:
    """The same term for every sum: ``shape`` of ``column`` (and of ``other``)."""
    terms = (
        (shape.format(column.format(n), other.format(n)), alias.format(n))
        for n in names
    )
    return ", ".join(f"{term} AS {name}" for term, name in terms)


def largest_difference(
    database: str, columns: list[str], keys: str, table: str
) -> float:
    """How far our table and its twin differ at most, in any of the columns.

    A text or an id that differs, or a row that one of them lacks, counts as infinite.
    """
    twin = TWINS[table]
    terms = ", ".join(
        f"max(CASE WHEN a.{c} IS NULL OR b.{c} IS NULL THEN CASE WHEN a.{c} IS NULL"
        f" AND b.{c} IS NULL THEN 0 ELSE 'infinity'::float8 END"
        f" ELSE abs(a.{c}::float8 - b.{c}::float8) END)"
        for c in columns
    )
    query = (
        f"SELECT greatest({terms}) FROM (SELECT *, TRUE AS there FROM {table}) a"
        f" FULL JOIN (SELECT *, TRUE AS there FROM {twin}) b USING ({keys})"
    )
    return databases.scalar(query, (), database) or 0.0
