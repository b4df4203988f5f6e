-- The facts of mails and meetings in the history, by hand: working hours, threads,
-- then one INSERT … SELECT for all of them.
CREATE TEMP TABLE bench_hours ON COMMIT DROP AS
SELECT start, stop, sum(seconds) OVER (ORDER BY start) - seconds AS done
  FROM (SELECT day + hour_from * interval '1 hour' AS start,
               day + hour_to * interval '1 hour' AS stop,
               (hour_to - hour_from) * 3600 AS seconds
          FROM generate_series(%(begin)s::timestamp, %(at)s + interval '1 day',
                               interval '1 day') AS day
          JOIN resource_calendar_attendance a ON a.calendar_id = %(calendar)s
           AND a.day_period <> 'lunch' AND a.dayofweek::int = date_part('isodow', day) - 1
       ) d;
CREATE UNIQUE INDEX ON bench_hours (start);
ANALYZE bench_hours;
WITH customer AS MATERIALIZED (
SELECT p.id FROM res_partner p JOIN res_partner c ON c.id = p.commercial_partner_id
 WHERE c.trust_scoring = 'always' AND p.partner_share AND p.email NOT LIKE 'noreply@%%'
), staff AS MATERIALIZED (
SELECT partner_id, min(id) AS user_id FROM res_users WHERE NOT share AND id <> 1
 GROUP BY 1
), spoken AS (
SELECT m.id, m.model, m.res_id, m.date, s.user_id, c.id AS partner_id
  FROM mail_message m
  LEFT JOIN staff s ON s.partner_id = m.author_id
  LEFT JOIN customer c ON c.id = m.author_id
  LEFT JOIN mail_message_subtype t ON t.id = m.subtype_id
 WHERE m.message_type IN ('email', 'comment') AND m.model <> 'discuss.channel'
   AND m.res_id > 0 AND m.date <= %(at)s
   AND (c.id IS NOT NULL OR (s.user_id IS NOT NULL AND t.internal IS NOT TRUE
                             AND t.id IS NOT NULL AND m.is_internal IS NOT TRUE))
), threaded AS (
SELECT *, count(user_id) OVER w AS run, lead(date) OVER w AS before
  FROM spoken WINDOW w AS (PARTITION BY model, res_id ORDER BY date DESC, id DESC)
), answered AS (
SELECT *, CASE WHEN run > 0 THEN first_value(date) OVER w END AS answer_date,
       first_value(user_id) OVER w AS answer_user
  FROM threaded
WINDOW w AS (PARTITION BY model, res_id, run ORDER BY date DESC, id DESC)
), mail AS MATERIALIZED (
SELECT a.*, first_value(id) OVER w AS first_id, first_value(date) OVER w AS first_date,
       lag(date) OVER (PARTITION BY partner_id ORDER BY date, id) AS own_before
  FROM answered a WHERE user_id IS NULL
WINDOW w AS (PARTITION BY model, res_id, run, partner_id ORDER BY date, id)
), fact AS (
SELECT 'mail_answered' AS code, m.partner_id, m.answer_user AS user_id,
       m.answer_date AS date, 'mail.message' AS source_model, m.id AS source_id
  FROM mail m JOIN trust_signal g ON g.code = 'mail_answered'
 WHERE m.id = m.first_id AND m.answer_date IS NOT NULL
   AND (m.answer_date - m.date <= g.target_hours * interval '1 hour'
        OR {answered} <= g.target_hours * 3600)
 UNION ALL
(SELECT DISTINCT ON (m.first_id) 'mail_asked_twice', m.partner_id, NULL, m.date,
       'mail.message', m.first_id
  FROM mail m JOIN trust_signal g ON g.code = 'mail_asked_twice'
 WHERE m.id <> m.first_id AND m.date - m.first_date > COALESCE(g.target_hours, 0)
                                                      * interval '1 hour'
   AND {asked} > COALESCE(g.target_hours, 0) * 3600
 ORDER BY m.first_id, m.date, m.id)
 UNION ALL
SELECT 'contact_by_customer', m.partner_id, NULL, m.date, 'mail.message', m.id
  FROM mail m JOIN trust_signal g ON g.code = 'contact_by_customer'
 WHERE (m.before IS NULL OR m.before < m.date - g.window_days * interval '1 day')
   AND (m.own_before IS NULL
        OR m.own_before < m.date - g.window_days * interval '1 day')
 UNION ALL
(SELECT DISTINCT ON (m.partner_id) 'mail_received', m.partner_id, NULL::int, m.date,
       'mail.message', m.id
  FROM mail m
 ORDER BY m.partner_id, m.date DESC, m.id DESC)
 UNION ALL
SELECT 'meeting_held', a.partner_id, e.user_id, e.stop, 'calendar.attendee', a.id
  FROM calendar_attendee a JOIN calendar_event e ON e.id = a.event_id
  JOIN customer c ON c.id = a.partner_id
 WHERE a.state = 'accepted' AND e.active AND e.stop <= %(at)s
   AND NOT EXISTS (SELECT FROM calendar_attendee o JOIN res_users u
                       ON u.partner_id = o.partner_id AND u.id = e.user_id
                    WHERE o.event_id = e.id AND o.state = 'declined')
), new AS (
INSERT INTO bench_evidence (signal_id, date, magnitude, voice, partner_id, user_id,
       company_id, source_model, source_id, source_key, version, create_date)
SELECT g.id, f.date, 1, g.voice, f.partner_id, f.user_id, %(company)s, f.source_model,
       f.source_id, '', 0, now() at time zone 'UTC'
  FROM fact f JOIN trust_signal g USING (code)
 WHERE NOT EXISTS (SELECT FROM bench_evidence e WHERE e.signal_id = g.id
       AND e.source_model = f.source_model AND e.source_id = f.source_id
       AND e.source_key = '' AND e.voids_id IS NULL)
ON CONFLICT DO NOTHING
RETURNING partner_id, company_id)
INSERT INTO bench_queue (partner_id, company_id, reason, create_date)
SELECT DISTINCT partner_id, company_id, 'evidence', now() at time zone 'UTC' FROM new;
