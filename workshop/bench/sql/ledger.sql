-- %(rows)s facts over two years, old customers and companies speaking most.
-- The voice of a promise is now and then the employee's; two in a thousand are voided.
WITH share (code, parts) AS (VALUES
    ('mail_answered', 22), ('promise_kept', 14), ('human_contact', 12),
    ('contact_by_customer', 10), ('meeting_held', 9), ('purchase_repeated', 8),
    ('feedback_good', 4), ('mail_asked_twice', 4), ('promise_kept_late', 3),
    ('promise_broken', 3), ('lead_answered', 3), ('complaint_opened', 2),
    ('complaint_answered', 1), ('complaint_good', 1), ('feedback_bad', 1),
    ('referral', 1), ('interest_confirmed', 1), ('pushy_selling', 1)
), pick AS MATERIALIZED (
    SELECT row_number() OVER () - 1 AS n, s.id, s.voice, s.code
      FROM share JOIN trust_signal s USING (code)
     CROSS JOIN generate_series(1, parts)
), given AS MATERIALIZED (
    SELECT i, floor(%(subjects)s * power(random(), 1.6))::int AS subject,
           floor(random() * 100)::int AS n, random() AS luck
      FROM generate_series(1, %(rows)s) AS i
)
INSERT INTO trust_evidence (
    signal_id, date, magnitude, voice, partner_id, lead_id, user_id, company_id,
    source_model, source_id, source_key, version, create_date
)
SELECT pick.id,
       now() at time zone 'UTC' - (1 - g.i::float8 / %(rows)s) * interval '730 days'
           - interval '1 hour',
       CASE WHEN pick.code LIKE 'feedback%%' OR pick.code LIKE 'complaint%%'
            THEN (ARRAY[0.25, 0.5, 0.75, 1])[1 + floor(g.luck * 4)::int] ELSE 1 END,
       CASE WHEN pick.code = 'promise_kept' AND g.luck < 0.15 THEN 'staff'
            ELSE pick.voice END,
       CASE WHEN g.subject < %(partners)s THEN %(first_partner)s + g.subject END,
       CASE WHEN g.subject >= %(partners)s
            THEN %(first_lead)s + g.subject - %(partners)s END,
       CASE WHEN g.luck < 0.7 THEN
            (%(users)s::int[])[1 + mod(g.subject * 3 + floor(g.luck * 3)::int,
                                       cardinality(%(users)s::int[]))] END,
       %(company)s, 'bench.document', g.i, '', 0, now() at time zone 'UTC'
  FROM given g JOIN pick USING (n);

INSERT INTO trust_evidence (
    signal_id, date, magnitude, voice, partner_id, lead_id, user_id, company_id,
    source_model, source_id, source_key, version, create_date, voids_id, void_reason,
    void_kind
)
SELECT signal_id, date, magnitude, voice, partner_id, lead_id, user_id, company_id,
       source_model, source_id, source_key, version, create_date, id, 'bench', 'auto'
  FROM trust_evidence WHERE mod(source_id, 500) = 7 AND source_model = 'bench.document';
