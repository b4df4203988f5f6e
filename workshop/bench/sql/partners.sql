-- Companies and then their contacts, with the ids from %(first)s on.
INSERT INTO res_partner (
    id, name, complete_name, is_company, type, active, partner_share, color,
    parent_id, commercial_partner_id, commercial_company_name, email,
    email_normalized, phone, city, country_id, user_id, lang, ref, autopost_bills,
    create_uid, write_uid, create_date, write_date
)
SELECT p.id, p.name,
       CASE WHEN p.parent_id IS NULL THEN p.name
            ELSE 'Company ' || (p.parent_id - %(first)s) || ', ' || p.name END,
       p.parent_id IS NULL, 'contact', TRUE, TRUE, 0, p.parent_id,
       COALESCE(p.parent_id, p.id),
       'Company ' || (COALESCE(p.parent_id, p.id) - %(first)s),
       'p' || p.id || '@bench.example', 'p' || p.id || '@bench.example',
       '+1 555 ' || p.id, 'City ' || mod(p.id, 500),
       (%(countries)s::int[])[1 + mod(p.id, cardinality(%(countries)s::int[]))],
       (%(users)s::int[])[1 + mod(COALESCE(p.parent_id, p.id),
                                  cardinality(%(users)s::int[]))],
       'en_US', 'B' || p.id, 'ask', 1, 1, p.created, p.created
  FROM (SELECT %(first)s + i AS id,
               CASE WHEN i < %(companies)s THEN 'Company ' || i
                    ELSE 'Contact ' || i END AS name,
               CASE WHEN i >= %(companies)s
                    THEN %(first)s + mod(i * 7919::bigint, %(companies)s)::int
               END AS parent_id,
               now() at time zone 'UTC' - mod(i * 7, 900) * interval '1 day' AS created
          FROM generate_series(0, %(companies)s + %(contacts)s - 1) AS i) p;
