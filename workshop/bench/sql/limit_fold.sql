-- The whole ledger into relationships and bonds in one INSERT … SELECT: every row is
-- read once; a company's sums are its own and its contacts' partial sums.
WITH weighed AS (
SELECT l.signal_id, l.weight < 0 AS bad, l.part IN ('C', 'R', 'I', 'O') AS scores,
       abs(l.weight) * CASE WHEN l.weight < 0 THEN 2 ELSE 1 END AS w,
       CASE l.part WHEN 'C' THEN 0 WHEN 'R' THEN 3 WHEN 'I' THEN 6 WHEN 'O' THEN 9
                   {quality_slots} END + CASE WHEN l.weight < 0 THEN 2 ELSE 0 END AS slot,
       row_number() OVER (PARTITION BY l.signal_id, l.part IN ('C', 'R', 'I', 'O')
                          ORDER BY l.id) AS n
  FROM trust_policy_line l WHERE l.policy_id = %(policy)s AND l.weight <> 0
), line AS MATERIALIZED (
SELECT signal_id, n = 1 AS first, s.scores IS NOT NULL AS scores,
       s.bad AS s_bad, s.w AS s_w, s.slot AS s_slot,
       q.bad AS q_bad, q.w AS q_w, q.slot AS q_slot,
       1::bigint << dense_rank() OVER (ORDER BY signal_id)::int AS bit
  FROM (SELECT * FROM weighed WHERE scores) s
  FULL JOIN (SELECT * FROM weighed WHERE NOT scores) q USING (signal_id, n)
), spoken AS MATERIALIZED (
SELECT e.partner_id, CASE WHEN e.partner_id IS NULL THEN e.lead_id END AS lead_id,
       e.company_id, e.user_id, {sums},
       bit_or(l.bit) FILTER (WHERE scores AND NOT s_bad AND e.voice <> 'staff') AS codes,
       min(e.date) FILTER (WHERE scores) AS first_date, max(e.date) AS last_date,
       max(e.date) FILTER (WHERE e.signal_id = ANY(%(contacts)s)) AS last_contact_date,
       max(e.date) FILTER (WHERE e.voice = 'customer') AS customer_date,
       count(*) FILTER (WHERE first IS DISTINCT FROM FALSE) AS evidence_count
  FROM (SELECT e.*, e.magnitude * exp(greatest(-460, -ln(2::float8) / 120 * date_part(
               'epoch', %(at)s::timestamp - e.date) / 86400)) AS f
          FROM trust_evidence e
         WHERE e.voids_id IS NULL AND e.date <= %(at)s AND NOT EXISTS (
               SELECT FROM trust_evidence v WHERE v.voids_id = e.id) OFFSET 0) e
  LEFT JOIN line l ON l.signal_id = e.signal_id
 GROUP BY 1, 2, 3, 4
), users AS MATERIALIZED (
SELECT r.id AS rel, s.user_id, r.company_id, {summed}, bit_or(s.codes) AS codes,
       min(s.first_date) AS first_date, max(s.last_date) AS last_date,
       max(s.last_contact_date) AS last_contact_date,
       max(s.customer_date) AS customer_date,
       sum(s.evidence_count)::int AS evidence_count
  FROM (SELECT partner_id AS about, * FROM spoken
         UNION ALL
        SELECT p.commercial_partner_id, s.* FROM spoken s
          JOIN res_partner p ON p.id = s.partner_id AND p.commercial_partner_id <> p.id
       ) s
  JOIN trust_relationship r ON (s.company_id = r.company_id OR s.company_id IS NULL)
   AND r.partner_id = s.about
 GROUP BY 1, 2, 3
 UNION ALL
SELECT r.id, s.user_id, r.company_id, {plain}, s.codes, s.first_date,
       s.last_date, s.last_contact_date, s.customer_date, s.evidence_count
  FROM spoken s JOIN trust_relationship r ON r.lead_id = s.lead_id
   AND (s.company_id = r.company_id OR s.company_id IS NULL)
), total AS MATERIALIZED (
SELECT rel, {summed}, length(replace(bit_or(codes)::bit(64)::text, '0', ''))
           AS positive_codes,
       min(first_date) AS first_date, max(last_date) AS last_date,
       max(last_contact_date) AS last_contact_date, max(customer_date) AS customer_date,
       sum(evidence_count)::int AS evidence_count
  FROM users s GROUP BY rel
), bonds AS (
INSERT INTO bench_bond (
       relationship_id, user_id, company_id, {bond_names}, first_date,
       last_contact_date, evidence_count)
SELECT rel, user_id, company_id, {bond_names}, first_date, last_contact_date,
       evidence_count
  FROM users WHERE user_id IS NOT NULL
), given AS (
SELECT r.id, r.partner_id, r.lead_id, r.company_id, r.create_uid, r.create_date,
       r.write_uid, r.write_date, r.circle_id, r.stage_id, r.snapshot_index,
       r.circle_proposed_id, r.proposed_date,
       COALESCE(array_position(%(circles)s::int[], r.circle_accepted_id) - 1, -1)
           AS accepted_was,
       r.snapshot_date,
       COALESCE(array_position(%(circles)s::int[], r.circle_computed_id) - 1, 0)
           AS circle_was,
       COALESCE(array_position(%(stages)s::int[], r.stage_computed_id) - 1, 0)
           AS stage_was,
       r.band::int AS band_was, r.circle_override_id, r.stage_override_id,
       COALESCE(r.override_until >= %(at)s::date, TRUE) AS overridden,
       COALESCE(t.positive_codes, 0) AS positive_codes, t.first_date, t.last_date,
       t.last_contact_date, t.customer_date,
       COALESCE(t.evidence_count, 0) AS evidence_count,
       COALESCE(p.commercial_partner_id = p.id, TRUE) AS is_commercial,
       p.commercial_partner_id, l.partner_id AS lender_partner_id,
       COALESCE(m.evidence_count, 0) > 0 AS transferred,
       COALESCE(greatest(0, date_part('epoch', %(at)s::timestamp - t.first_date) / 86400),
                0) AS age,
       {own}, {lent}
  FROM trust_relationship r
  LEFT JOIN res_partner p ON p.id = r.partner_id
  LEFT JOIN total t ON t.rel = r.id
  LEFT JOIN trust_relationship l ON l.company_id = r.company_id AND l.partner_id =
       CASE WHEN r.partner_id IS NULL THEN r.lender_partner_id
            WHEN p.commercial_partner_id <> p.id THEN p.commercial_partner_id END
  LEFT JOIN total m ON m.rel = l.id
OFFSET 0), {score}, {levels}
INSERT INTO bench_relationship (
       id, partner_id, lead_id, company_id, create_uid, create_date, write_uid,
       write_date, is_commercial, commercial_partner_id, lender_partner_id, transferred,
       {names}{quality_names}, as_of, first_date, last_date, last_contact_date, customer_date,
       positive_codes, evidence_count, credibility, reliability, intimacy,
       self_orientation, trust_ratio, trust_index, index_sd, index_low, circle_low,
       confidence, mass, thin, circle_id, circle_computed_id, circle_evident_id,
       circle_accepted_id, circle_proposed_id, proposed_date, stage_id,
       stage_computed_id, band, policy_id, trend_30d, has_trend, snapshot_index,
       snapshot_date)
SELECT s.id, s.partner_id, s.lead_id, s.company_id, s.create_uid, s.create_date,
       s.write_uid, s.write_date, s.is_commercial, s.commercial_partner_id,
       s.lender_partner_id, s.transferred, {names}{quality}, %(at)s, s.first_date, s.last_date,
       s.last_contact_date, s.customer_date, s.positive_codes, s.evidence_count,
       s.credibility, s.reliability, s.intimacy, s.self_orientation, s.trust_ratio,
       s.trust_index, s.index_sd, s.index_low, s.circle_low, s.confidence, s.mass,
       s.thin, s.circle_to, s.circle_computed_to,
       s.circle_evident_to, s.circle_accepted_to, s.circle_proposed_to,
       CASE WHEN s.circle_proposed_to IS DISTINCT FROM s.circle_proposed_id
            THEN %(at)s ELSE s.proposed_date END, s.stage_to,
       s.stage_computed_to, s.band_new::varchar, %(policy)s,
       s.trust_index - n.trust_index, n.trust_index IS NOT NULL,
       CASE WHEN s.keep THEN s.trust_index ELSE s.snapshot_index END,
       CASE WHEN s.keep THEN %(at)s ELSE s.snapshot_date END
  FROM shown s
  LEFT JOIN LATERAL (SELECT trust_index FROM trust_snapshot n
                      WHERE n.relationship_id = s.id
                        AND n.date <= %(at)s::timestamp - interval '30 days'
                      ORDER BY n.date DESC LIMIT 1) n ON TRUE;
