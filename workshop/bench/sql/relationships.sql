-- One relationship per company, contact and lead without customer.
INSERT INTO trust_relationship (
    partner_id, lead_id, company_id, is_commercial, commercial_partner_id,
    create_uid, write_uid, create_date, write_date
)
SELECT s.partner_id, s.lead_id, %(company)s,
       COALESCE(p.commercial_partner_id = p.id, TRUE), p.commercial_partner_id,
       1, 1, now() at time zone 'UTC', now() at time zone 'UTC'
  FROM (SELECT %(first_partner)s + i AS partner_id, NULL::int AS lead_id
          FROM generate_series(0, %(partners)s - 1) AS i
         UNION ALL
        SELECT NULL, %(first_lead)s + i
          FROM generate_series(0, %(strangers)s - 1) AS i) s
  LEFT JOIN res_partner p ON p.id = s.partner_id;
