# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

TABLE = SQL.identifier("trust_worktime")
# An answer that took longer is late for every target that is given in hours.
LONGEST_DAYS = 366


class TrustWorktime(models.AbstractModel):
    """Working hours of every company, as a table that SQL can subtract in.

    One temporary table holds the work intervals in UTC (company_id, start, stop) and
    in `done` the working seconds before each of them since the table begins. The
    working seconds between two instants are then the difference of two index look-ups,
    for any number of pairs at once, without a call per row.

    The hours are those of `company.resource_calendar_id`: its attendances (both weeks
    of a two-week calendar) in its own time zone, so that a day of a clock change has
    its real length, minus the general days off of the calendar or the company. A
    calendar without attendances works around the clock.
    """

    _name = "trust.worktime"
    _description = "Working Hours of the Companies"

    @api.model
    def _make(self, since=None, until=None):
        """Make the table for facts of the UTC datetimes `since`..`until`.

        :param since: all history when None: from the first mail or lead on
        :param until: now when None
        :return: SQL of the table's name

        It begins `LONGEST_DAYS` earlier, as an answer now may belong to a mail of then;
        what lies before the table counts as no work at all.
        """
        until = until or fields.Datetime.now()
        since = (since or self._first_moment() or until) - timedelta(days=LONGEST_DAYS)
        self.env.flush_all()
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", TABLE))
        self.env.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE %s AS %s",
                TABLE,
                self._select_intervals(since, until),
            )
        )
        self.env.cr.execute(SQL("CREATE UNIQUE INDEX ON %s (company_id, start)", TABLE))
        self.env.cr.execute(SQL("ANALYZE %s", TABLE))
        return TABLE

    @api.model
    def _seconds_sql(self, company, start, stop):
        """SQL of the working seconds of `company` between two UTC timestamps."""
        return SQL(
            "(%s - %s)",
            self._seconds_before(company, stop),
            self._seconds_before(company, start),
        )

    @api.model
    def _within_sql(self, company, start, stop, hours):
        """SQL: `stop` is at most `hours` working hours after `start`.

        Most answers come sooner by the clock than the target allows, and some only
        after more than a year: neither needs a look at the calendar.
        """
        return SQL(
            """(%(stop)s - %(start)s <= %(limit)s
                OR (%(stop)s - %(start)s <= %(longest)s
                    AND %(seconds)s <= %(hours)s * 3600))""",
            start=start,
            stop=stop,
            limit=timedelta(hours=hours),
            longest=timedelta(days=LONGEST_DAYS),
            seconds=self._seconds_sql(company, start, stop),
            hours=hours,
        )

    # BUSINESS

    def _seconds_before(self, company, instant):
        return SQL(
            """COALESCE((
                SELECT w.done
                     + date_part('epoch', LEAST(%(instant)s, w.stop) - w.start)
                  FROM %(table)s w
                 WHERE w.company_id = %(company)s AND w.start <= %(instant)s
              ORDER BY w.start DESC
                 LIMIT 1), 0)""",
            table=TABLE,
            company=company,
            instant=instant,
        )

    def _first_moment(self):
        """Return the date of the oldest fact that is measured in working hours."""
        self.env.flush_all()
        query = SQL(
            """SELECT LEAST((SELECT min(date) FROM mail_message),
                            (SELECT min(create_date) FROM crm_lead))"""
        )
        return self.env.execute_query(query)[0][0]

    def _select_intervals(self, since, until):
        """Sweep over all beginnings and ends: at work and not off is an interval."""
        return SQL(
            """
            WITH calendar AS (%(calendars)s),
            boundary AS (%(attendances)s UNION ALL %(leaves)s),
            step AS (
                SELECT company_id, instant,
                       sum(sum(work)) OVER sweep AS work,
                       sum(sum(away)) OVER sweep AS away,
                       lead(instant) OVER sweep AS stop
                  FROM boundary
              GROUP BY company_id, instant
                WINDOW sweep AS (PARTITION BY company_id ORDER BY instant)
            ),
            worked AS (
                SELECT company_id, instant AS start, stop,
                       date_part('epoch', stop - instant) AS seconds
                  FROM step
                 WHERE work > 0 AND away = 0 AND stop IS NOT NULL
            )
            SELECT company_id, start, stop,
                   sum(seconds) OVER (PARTITION BY company_id ORDER BY start)
                   - seconds AS done
              FROM worked
            """,
            calendars=self._select_calendars(),
            attendances=self._select_attendances(since, until),
            leaves=self._select_leaves(since, until),
        )

    def _select_calendars(self):
        return SQL(
            """
            SELECT company.id AS company_id, calendar.id AS calendar_id,
                   COALESCE(calendar.tz, 'UTC') AS tz, calendar.two_weeks_calendar
              FROM res_company company
         LEFT JOIN resource_calendar calendar
                ON calendar.id = company.resource_calendar_id
            """
        )

    def _select_attendances(self, since, until):
        """The beginning (+1) and end (-1) of each attendance on each day, in UTC.

        Odoo numbers the weeks of a two-week calendar by the days since 1 January of
        the year 1, and hours are rounded to minutes (`float_to_time`).
        """
        return SQL(
            """
            SELECT c.company_id,
                   (day + make_interval(mins => edge.minutes)) AT TIME ZONE c.tz
                   AT TIME ZONE 'UTC' AS instant,
                   edge.work, 0 AS away
              FROM calendar c
        CROSS JOIN generate_series(%(first)s, %(last)s, interval '1 day') AS day
        CROSS JOIN LATERAL (
                SELECT hour_from, hour_to FROM resource_calendar_attendance a
                 WHERE a.calendar_id = c.calendar_id
                   AND a.display_type IS NULL AND a.day_period <> 'lunch'
                   AND a.hour_to > a.hour_from
                   AND a.dayofweek::int = date_part('isodow', day) - 1
                   AND (c.two_weeks_calendar IS NOT TRUE OR a.week_type::int
                        = (day::date - DATE '0001-01-01') / 7 %% 2)
                 UNION ALL
                SELECT 0, 24
                 WHERE NOT EXISTS (
                    SELECT FROM resource_calendar_attendance a
                     WHERE a.calendar_id = c.calendar_id AND a.display_type IS NULL)
            ) AS hours
        CROSS JOIN LATERAL (VALUES
                (round(hours.hour_from * 60)::int, 1),
                (round(hours.hour_to * 60)::int, -1)
            ) AS edge(minutes, work)
            """,
            first=_midnight(since) - timedelta(days=1),
            last=_midnight(until) + timedelta(days=1),
        )

    def _select_leaves(self, since, until):
        """The beginning (+1) and end (-1) of each general day off, in UTC."""
        return SQL(
            """
            SELECT c.company_id, edge.instant, 0 AS work, edge.away
              FROM calendar c
              JOIN resource_calendar_leaves l
                ON l.resource_id IS NULL AND l.time_type = 'leave'
               AND (l.calendar_id = c.calendar_id
                    OR l.calendar_id IS NULL
                       AND (l.company_id IS NULL OR l.company_id = c.company_id))
        CROSS JOIN LATERAL (VALUES (l.date_from, 1), (l.date_to, -1))
                AS edge(instant, away)
             WHERE l.date_to >= %(since)s AND l.date_from <= %(until)s
               AND l.date_to > l.date_from
            """,
            since=since - timedelta(days=2),
            until=until + timedelta(days=2),
        )


def _midnight(instant):
    return datetime.combine(instant.date(), time.min)
