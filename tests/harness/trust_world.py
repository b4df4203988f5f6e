"""A database full of dirty relationships, and the question whether any fact was lost.

The fold is repeated here in Python from plain rows: what the processes under test did
to each other is judged by arithmetic that they did not run.
"""

import importlib.util
import os
import subprocess
import time
from collections import defaultdict

import psycopg2

from workshop import environment, paths

CLOSE = 1e-9
POISON = """
CREATE FUNCTION faults_poison() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.partner_id = {raising} THEN RAISE EXCEPTION 'poisoned on purpose'; END IF;
    IF NEW.partner_id = {slow} THEN PERFORM pg_sleep(3); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER faults_poison BEFORE UPDATE ON trust_relationship
    FOR EACH ROW EXECUTE FUNCTION faults_poison();
"""
# Every column of one contact, so that whatever addons require is there.
COPY_PARTNER = """
INSERT INTO res_partner ({columns}, name, complete_name)
SELECT {columns}, 'Customer ' || i, 'Customer ' || i
  FROM generate_series(1, %s) i, (SELECT * FROM res_partner WHERE id = %s) p
RETURNING id
"""
LIVE = """
SELECT r.id, date_part('epoch', r.as_of - e.date) / 86400, e.signal_id, e.magnitude,
       e.voice
  FROM trust_relationship r
  JOIN res_partner p ON p.id = r.partner_id
       OR (r.is_commercial AND p.commercial_partner_id = r.partner_id)
  JOIN trust_evidence e ON e.partner_id = p.id
   AND (e.company_id = r.company_id OR e.company_id IS NULL)
 WHERE e.voids_id IS NULL AND e.date <= r.as_of
   AND NOT EXISTS (SELECT FROM trust_evidence v WHERE v.voids_id = e.id)
"""


def equation():
    """The module of the trust equation, loaded without Odoo."""
    place = paths.REPOSITORY / "trust_crm" / "tools" / "trust_equation.py"
    spec = importlib.util.spec_from_file_location("trust_equation", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TrustWorld:
    """Plants facts by SQL, wakes the scheduled jobs, compares sums with the ledger."""

    def __init__(self, database: str, env: dict[str, str] | None = None):
        self.database = database
        self.env = os.environ | (env or {})
        self.connection = None

    # QUESTIONS

    def sql(self, query: str, *parameters, database: str | None = None) -> list:
        """Run a query in a transaction of its own; reconnect after a crash."""
        if database or not self.connection or self.connection.closed:
            connection = self._connect(database or self.database)
            self.connection = self.connection if database else connection
        else:
            connection = self.connection
        with connection.cursor() as cr:
            cr.execute(query, parameters or None)
            rows = cr.fetchall() if cr.description else []
        if database:
            connection.close()
        return rows

    def disconnect(self) -> None:
        """Let go of a connection that a crash of the server has cut."""
        if self.connection:
            self.connection.close()

    def value(self, query: str, *parameters):
        return self.sql(query, *parameters)[0][0]

    def _connect(self, database: str):
        names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user"}
        names["PGPASSWORD"] = "password"
        given = {ours: self.env[k] for k, ours in names.items() if self.env.get(k)}
        connection = psycopg2.connect(dbname=database, **given)
        connection.autocommit = True
        return connection

    def due(self) -> int:
        return self.value("SELECT count(*) FROM trust_queue WHERE error IS NULL")

    def errors(self) -> list[tuple]:
        query = "SELECT partner_id, error FROM trust_queue WHERE error IS NOT NULL"
        return self.sql(query)

    def differences(self, ignore=()) -> list[str]:
        """Stored sums that are not the fold of the ledger at their own ``as_of``.

        Ledger and sums are read in one snapshot: jobs may refresh meanwhile.
        """
        self.sql("BEGIN ISOLATION LEVEL REPEATABLE READ")
        try:
            return self._differences(ignore)
        finally:
            self.sql("COMMIT")

    def _differences(self, ignore) -> list[str]:
        te, weights = equation(), self._weights()
        sums = defaultdict(lambda: defaultdict(float))
        for rel, days, signal, magnitude, voice in self.sql(LIVE):
            for part, weight in weights[signal]:
                key = part, te.group_of(weight, voice)
                sums[rel][key] += te.mass(weight, magnitude, days)
        columns = [(c, g) for c in te.COMPONENTS for g in te.GROUPS]
        names = ", ".join(f"x_{c.lower()}_{g}" for c, g in columns)
        found = []
        for rel, partner, *stored in self.sql(
            f"SELECT id, partner_id, {names} FROM trust_relationship"
            " WHERE as_of IS NOT NULL"
        ):
            wrong = [
                f"{rel} {key}: {value} is not {sums[rel][key]}"
                for key, value in zip(columns, stored, strict=True)
                if abs(value - sums[rel][key]) > CLOSE
            ]
            found += wrong if partner not in ignore else []
        return found

    def unscored(self, ignore=()) -> list[int]:
        """Customers with evidence that no refresh has reached."""
        rows = self.sql(
            """SELECT DISTINCT e.partner_id FROM trust_evidence e
                WHERE NOT EXISTS (SELECT FROM trust_relationship r
                                   WHERE r.partner_id = e.partner_id
                                     AND r.as_of IS NOT NULL)"""
        )
        return [partner for (partner,) in rows if partner not in ignore]

    def _weights(self) -> dict:
        weights = defaultdict(list)
        for signal, part, weight in self.sql(
            """SELECT l.signal_id, l.part, l.weight FROM trust_policy_line l
                 JOIN trust_policy p ON p.id = l.policy_id
                WHERE p.state = 'published' AND l.part IN ('C', 'R', 'I', 'O')"""
        ):
            weights[signal].append((part, weight))
        return weights

    # DEEDS

    def plant(self, customers: int, facts: int) -> list[int]:
        """Make customers with so many facts each; nothing is refreshed yet."""
        columns = self.value(
            """SELECT string_agg(quote_ident(column_name), ', ')
                 FROM information_schema.columns WHERE table_name = 'res_partner'
                  AND column_name NOT IN ('id', 'name', 'complete_name')
                  AND is_generated = 'NEVER'"""
        )
        model = self.value(
            """SELECT max(p.id) FROM res_partner p JOIN res_users u
                   ON u.partner_id = p.id WHERE u.login = 'admin'"""
        )
        made = self.sql(COPY_PARTNER.format(columns=columns), customers, model)
        partners = [partner for (partner,) in made]
        self.sql(
            """UPDATE res_partner SET commercial_partner_id = id, partner_share = TRUE,
                      email = NULL, company_id = NULL, user_id = NULL
                WHERE id = ANY(%s)""",
            partners,
        )
        self.add_facts(partners, facts)
        return partners

    def add_facts(self, partners: list[int], facts: int) -> None:
        """Append facts and what they owe in one transaction, as recording does."""
        self.sql(
            """WITH s AS (
                   SELECT d.*, row_number() OVER (ORDER BY signal_id) AS k,
                          count(*) OVER () AS total
                     FROM (SELECT DISTINCT l.signal_id, g.voice
                             FROM trust_policy_line l
                             JOIN trust_signal g ON g.id = l.signal_id) d),
               new AS (
                   INSERT INTO trust_evidence (signal_id, date, magnitude, voice,
                          partner_id, company_id, source_model, source_id, source_key,
                          version, create_date)
                   SELECT s.signal_id, date_trunc('second', now() AT TIME ZONE 'UTC')
                          - interval '1 day' * (1 + partner %% 500 + 30 * i),
                          0.25 * (1 + partner %% 4), s.voice, partner,
                          (SELECT min(id) FROM res_company), '', 0,
                          'fault-' || gen_random_uuid(), 0, now() AT TIME ZONE 'UTC'
                     FROM unnest(%s::int[]) partner CROSS JOIN generate_series(1, %s) i
                     JOIN s ON s.k = 1 + (partner * 7 + i * 3) %% s.total
                   RETURNING partner_id, company_id)
               INSERT INTO trust_queue (partner_id, company_id, reason, create_date)
               SELECT partner_id, company_id, 'evidence', now() AT TIME ZONE 'UTC'
                 FROM new GROUP BY 1, 2""",
            partners,
            facts,
        )

    def poison(self, raising: int, slow: int = 0) -> None:
        """Let every refresh of one customer raise, of another one take seconds."""
        self.sql(POISON.format(raising=raising, slow=slow))

    def wake(self) -> None:
        """Trigger the drain jobs, as recording more than a few facts does."""
        self.sql(
            """INSERT INTO ir_cron_trigger (cron_id, call_at, create_date)
               SELECT res_id, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                 FROM ir_model_data WHERE module = 'trust_crm'
                  AND name IN ('ir_cron_drain', 'ir_cron_drain_2')"""
        )
        self.sql(f"NOTIFY cron_trigger, '{self.database}'", database="postgres")

    def wait_until_resumed(self, seconds: float) -> None:
        """Wait until some of what the queue owes has been done."""
        started, owed = time.monotonic(), self.due()
        while owed and self.due() >= owed:
            took = time.monotonic() - started
            assert took < seconds, f"none of {owed} rows done after {took:.0f} s"
            time.sleep(0.5)

    def wait_until_drained(self, seconds: float) -> float:
        """Wait until the queue owes nothing; return how long it took."""
        started = time.monotonic()
        while self.due():
            took = time.monotonic() - started
            assert took < seconds, f"{self.due()} rows still due after {took:.0f} s"
            time.sleep(0.5)
        return time.monotonic() - started

    def wait_until_asleep(self, seconds: float, watched: float = 3) -> None:
        """Wait until the drain jobs have run their triggers and ask for no more."""
        query = """SELECT count(*) FROM ir_cron_trigger t JOIN ir_model_data d
                       ON d.model = 'ir.cron' AND d.res_id = t.cron_id
                    WHERE d.name LIKE 'ir_cron_drain%' AND t.call_at <= now()"""
        started = quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < watched:
            if self.value(query):
                quiet_since = time.monotonic()
            late = time.monotonic() - started > seconds
            assert not late, "the drain jobs trigger themselves for ever"
            time.sleep(0.2)

    def cron_failures(self) -> int:
        return self.value(
            """SELECT COALESCE(sum(c.failure_count), 0) FROM ir_cron c
                 JOIN ir_model_data d ON d.model = 'ir.cron' AND d.res_id = c.id
                WHERE d.module = 'trust_crm'"""
        )

    def shell(self, code: str, seconds: float) -> str:
        """Run ``code`` in an Odoo shell, a process of its own; return what it says."""
        shell = self.start(code, subprocess.PIPE)
        try:
            return shell.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            shell.kill()
            shell.wait()
            raise

    def start(self, code: str, output=subprocess.DEVNULL) -> subprocess.Popen:
        """Begin to run ``code`` in an Odoo shell of its own, as another host would."""
        command = environment.odoo_command(
            "shell", f"--database={self.database}", "--no-http", "--log-level=warn"
        )
        shell = subprocess.Popen(
            command,
            env=self.env,
            text=True,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        shell.stdin.write(code)
        shell.stdin.close()
        shell.stdin = None  # so that communicate() does not write to it
        return shell
