-- Trends against snapshots that are 30 days old since the last night, then the nightly
-- ageing of every relationship in one statement, from the stored sums.
UPDATE bench_relationship r
   SET trend_30d = r.trust_index - s.trust_index, has_trend = TRUE
  FROM (SELECT DISTINCT ON (relationship_id) relationship_id, trust_index
          FROM bench_snapshot
         WHERE date > %(previous)s::timestamp - interval '30 days'
           AND date <= %(at)s::timestamp - interval '30 days'
         ORDER BY relationship_id, date DESC) s
 WHERE s.relationship_id = r.id;
WITH given AS (
SELECT r.id, r.policy_id, r.company_id, r.circle_accepted_id, r.circle_proposed_id,
       COALESCE(array_position(%(circles)s::int[], r.circle_accepted_id) - 1, -1)
           AS accepted_was, r.circle_id, r.stage_id, r.circle_computed_id, r.circle_evident_id,
       r.stage_computed_id, r.band, r.thin AS thin_was, r.trust_index AS index_was,
       r.snapshot_index, r.snapshot_date, r.positive_codes, r.customer_date,
       COALESCE(array_position(%(circles)s::int[], r.circle_computed_id) - 1, 0)
           AS circle_was,
       COALESCE(array_position(%(stages)s::int[], r.stage_computed_id) - 1, 0)
           AS stage_was,
       r.band::int AS band_was, r.circle_override_id, r.stage_override_id,
       COALESCE(r.override_until >= %(at)s::date, TRUE) AS overridden,
       COALESCE(greatest(0, date_part('epoch', %(at)s::timestamp - r.first_date) / 86400),
                0) AS age,
       {own}, {lent}
  FROM (SELECT r.*, exp(greatest(-460, -ln(2::float8) / 120 * date_part('epoch',
               %(at)s::timestamp - r.as_of) / 86400)) AS f
          FROM bench_relationship r WHERE r.as_of IS NOT NULL OFFSET 0) r
  LEFT JOIN (SELECT l.*, exp(greatest(-460, -ln(2::float8) / 120 * date_part('epoch',
               %(at)s::timestamp - l.as_of) / 86400)) AS f
          FROM bench_relationship l WHERE l.as_of IS NOT NULL OFFSET 0) l
    ON l.partner_id = r.lender_partner_id AND l.company_id = r.company_id
OFFSET 0), {score}, {levels}
, moved AS (
UPDATE bench_relationship r SET
       credibility = s.credibility, reliability = s.reliability, intimacy = s.intimacy,
       self_orientation = s.self_orientation, trust_ratio = s.trust_ratio,
       trust_index = s.trust_index, index_sd = s.index_sd, index_low = s.index_low,
       circle_low = s.circle_low, confidence = s.confidence, mass = s.mass,
       thin = s.thin,
       circle_id = s.circle_to, circle_computed_id = s.circle_computed_to,
       circle_evident_id = s.circle_evident_to,
       circle_accepted_id = s.circle_accepted_to,
       circle_proposed_id = s.circle_proposed_to,
       proposed_date = CASE WHEN s.circle_proposed_to IS DISTINCT FROM
           s.circle_proposed_id THEN %(at)s ELSE r.proposed_date END,
       stage_id = s.stage_to, stage_computed_id = s.stage_computed_to,
       band = s.band_new::varchar, policy_id = %(policy)s,
       trend_30d = r.trend_30d + s.trust_index - s.index_was,
       snapshot_index = CASE WHEN s.keep THEN s.trust_index ELSE s.snapshot_index END,
       snapshot_date = CASE WHEN s.keep THEN %(at)s ELSE s.snapshot_date END
  FROM (SELECT * FROM shown s
         WHERE abs(s.trust_index - s.index_was) >= 0.05 OR s.thin <> s.thin_was
            OR s.band_new IS DISTINCT FROM s.band_was
            OR s.circle_to IS DISTINCT FROM s.circle_id
            OR s.circle_computed_to IS DISTINCT FROM s.circle_computed_id
            OR s.circle_evident_to IS DISTINCT FROM s.circle_evident_id
            OR s.circle_accepted_to IS DISTINCT FROM s.circle_accepted_id
            OR s.circle_proposed_to IS DISTINCT FROM s.circle_proposed_id
            OR s.stage_to IS DISTINCT FROM s.stage_id
            OR s.stage_computed_to IS DISTINCT FROM s.stage_computed_id OFFSET 0) s
 WHERE r.id = s.id
RETURNING r.*, s.keep)
INSERT INTO bench_snapshot (relationship_id, date, trust_index, index_low, confidence,
       band, circle_id, stage_id, policy_id, company_id, cause)
SELECT id, %(at)s, trust_index, index_low, confidence, band, circle_id, stage_id,
       policy_id, company_id, 'ageing' FROM moved WHERE keep;
