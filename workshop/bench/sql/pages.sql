-- A spread of scores as a fold leaves it, without a ledger: B7 only reads pages.
INSERT INTO trust_relationship (
    partner_id, company_id, is_commercial, commercial_partner_id, trust_index, index_sd,
    index_low, circle_low, confidence, mass, trust_ratio, credibility, reliability,
    intimacy, self_orientation, thin, band, circle_id, circle_computed_id, stage_id,
    stage_computed_id, policy_id, as_of, evidence_count, create_uid, write_uid,
    create_date, write_date
)
SELECT p.id, %(company)s, p.parent_id IS NULL, p.commercial_partner_id, s.score, 6,
       s.score - 6, s.score - 6, 0.6, 8, 3, 6, 6, 6, 5, FALSE,
       (width_bucket(s.score, ARRAY[42, 47, 53, 58]::float8[]))::varchar,
       (%(circles)s::int[])[1 + width_bucket(s.score - 6, ARRAY[42.5, 46, 53]::float8[])],
       (%(circles)s::int[])[1 + width_bucket(s.score - 6, ARRAY[42.5, 46, 53]::float8[])],
       (%(stages)s::int[])[1 + mod(p.id, 4)], (%(stages)s::int[])[1 + mod(p.id, 4)],
       %(policy)s, now() at time zone 'UTC', 20, 1, 1, now() at time zone 'UTC',
       now() at time zone 'UTC'
  FROM (SELECT p.*, 50 + 4 * (random() + random() + random() + random() - 2)
               * (1 + random()) AS score
          FROM res_partner p WHERE p.ref LIKE 'B%%' AND mod(p.id, 50) > 0) p
 CROSS JOIN LATERAL (SELECT p.score) s;
