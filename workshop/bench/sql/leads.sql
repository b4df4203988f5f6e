-- Open leads (the first %(strangers)s without a customer), then won and lost ones.
INSERT INTO crm_lead (
    id, name, type, active, stage_id, team_id, user_id, partner_id, company_id,
    partner_name, contact_name, email_from, email_normalized, phone, phone_state,
    email_state, priority, won_status, probability, automated_probability,
    expected_revenue, country_id, color, date_open, date_last_stage_update,
    date_closed, create_uid, write_uid, create_date, write_date
)
SELECT %(first)s + i, 'Lead ' || i, CASE WHEN mod(i, 3) = 0 THEN 'lead'
            ELSE 'opportunity' END,
       won_status <> 'lost',
       CASE WHEN won_status = 'won' THEN %(won_stage)s
            ELSE (%(stages)s::int[])[1 + mod(i, cardinality(%(stages)s::int[]))] END,
       %(team)s, (%(users)s::int[])[1 + mod(i, cardinality(%(users)s::int[]))],
       CASE WHEN i >= %(strangers)s
            THEN %(first_partner)s + mod(i * 104729::bigint, %(partners)s)::int END,
       %(company)s,
       CASE WHEN i < %(strangers)s AND mod(i, 5) = 0 THEN 'Company ' || i
            ELSE 'Prospect ' || i END,
       'Person ' || i, 'lead' || i || '@bench.example', 'lead' || i || '@bench.example',
       '+1 555 ' || i, CASE WHEN mod(i, 4) > 0 THEN 'correct' ELSE 'incorrect' END,
       CASE WHEN mod(i, 6) > 0 THEN 'correct' ELSE 'incorrect' END,
       mod(i, 4)::varchar, won_status,
       CASE won_status WHEN 'won' THEN 100 WHEN 'lost' THEN 0 ELSE 20 END,
       CASE won_status WHEN 'won' THEN 100 WHEN 'lost' THEN 0 ELSE 20 END,
       1000 + mod(i, 50) * 100,
       (%(countries)s::int[])[1 + mod(i, cardinality(%(countries)s::int[]))], 0,
       created, created, CASE WHEN won_status <> 'pending' THEN created END,
       1, 1, created, created
  FROM (SELECT i, CASE WHEN i < %(open)s THEN 'pending' WHEN mod(i, 2) = 0 THEN 'won'
                       ELSE 'lost' END AS won_status,
               now() at time zone 'UTC' - mod(i * 11, 300) * interval '1 day' AS created
          FROM generate_series(0, %(open)s + %(closed)s - 1) AS i) l;
