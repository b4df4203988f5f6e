-- Ten mails for every partner (five of the customer, each with an answer or asked again)
-- and %(meetings)s meetings, over five years; companies are customers by the flag.
UPDATE res_partner SET trust_scoring = 'always'
 WHERE ref LIKE 'B%%' AND parent_id IS NULL;

INSERT INTO mail_message (
    model, res_id, date, author_id, email_from, message_type, subtype_id,
    is_internal, body, message_id, create_uid, write_uid, create_date, write_date
)
SELECT 'res.partner', m.partner, m.date,
       CASE WHEN m.staff THEN (%(authors)s::int[])[
            1 + mod(m.partner, cardinality(%(authors)s::int[]))] ELSE m.partner END,
       'somebody@bench.example', CASE WHEN m.staff THEN 'comment' ELSE 'email' END,
       %(subtype)s, FALSE, '<p>Hello</p>', '<' || m.partner || '.' || m.n || '@bench>',
       1, 1, m.date, m.date
  FROM (SELECT c.partner, n,
               date_trunc('second', now() at time zone 'UTC' - interval '1800 days'
               + c.k * interval '340 days' + c.partner %% 300 * interval '1 day'
               + c.hours * interval '1 hour' + CASE WHEN n = 0 THEN interval '0'
                 WHEN c.luck < 0.7 THEN c.luck * interval '5 hours'
                 WHEN c.luck < 0.9 THEN c.luck * interval '6 days'
                 ELSE interval '3 days' END) AS date,
               n = 1 AND c.luck < 0.9 AS staff
          FROM (SELECT %(first)s + i AS partner, k, random() AS luck,
                       random() * 24 AS hours
                  FROM generate_series(0, %(partners)s - 1) AS i
                 CROSS JOIN generate_series(0, 4) AS k) c
         CROSS JOIN generate_series(0, 1) AS n) m
 ORDER BY m.date;

INSERT INTO calendar_event (id, name, show_as, privacy, active, allday, start, stop,
       user_id, create_uid, write_uid, create_date, write_date)
SELECT %(first_event)s + i, 'Visit ' || i, 'busy', 'public', TRUE, FALSE, d.start,
       d.start + interval '1 hour', (%(users)s::int[])[
           1 + mod(i, cardinality(%(users)s::int[]))], 1, 1, d.start, d.start
  FROM generate_series(0, %(meetings)s - 1) AS i
 CROSS JOIN LATERAL (SELECT date_trunc('minute', now() at time zone 'UTC'
       - mod(i * 7, 1700) * interval '1 day' - interval '3 hours') AS start) d;

INSERT INTO calendar_attendee (event_id, partner_id, state, create_uid, write_uid,
       create_date, write_date)
SELECT %(first_event)s + i,
       CASE WHEN ours THEN (%(authors)s::int[])[
            1 + mod(i, cardinality(%(authors)s::int[]))]
            ELSE %(first)s + mod(i * 7919::bigint, %(partners)s)::int END,
       CASE WHEN ours OR mod(i, 5) > 0 THEN 'accepted' ELSE 'needsAction' END,
       1, 1, now() at time zone 'UTC', now() at time zone 'UTC'
  FROM generate_series(0, %(meetings)s - 1) AS i
 CROSS JOIN (VALUES (TRUE), (FALSE)) AS a (ours);
