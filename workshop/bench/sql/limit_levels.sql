-- Circle with its gates, band, stage and whether history is kept, from ``scored``.
leveled AS (
SELECT s.*, k.*, b.*, st.*,
       CASE WHEN s.accepted_was < 3 AND k.circle_shown >= 3 THEN 2 ELSE k.circle_shown END
           AS circle_accepted
  FROM scored s
 CROSS JOIN LATERAL (SELECT least(
       greatest(s.circle_was, (s.circle_low >= 42.5)::int + (s.circle_low >= 46)::int
                              + (s.circle_low >= 53)::int),
       (s.circle_low >= 41)::int + (s.circle_low >= 44)::int + (s.circle_low >= 49)::int
       ) AS circle_new, x_c_pos + x_r_pos + x_i_pos + x_o_pos AS good OFFSET 0) c
 CROSS JOIN LATERAL (SELECT c.circle_new,
       CASE WHEN s.thin THEN NULL
            WHEN c.circle_new = 3 AND good >= 8 AND s.positive_codes >= 2
                 AND s.customer_date >= %(at)s::timestamp - interval '365 days' THEN 3
            WHEN c.circle_new >= 2 AND good >= 4 AND s.positive_codes >= 2 THEN 2
            ELSE least(c.circle_new, 1) END AS circle_shown OFFSET 0) k
 CROSS JOIN LATERAL (SELECT CASE WHEN s.thin THEN NULL WHEN s.band_was IS NULL THEN
       (s.trust_index >= 42)::int + (s.trust_index >= 47)::int
           + (s.trust_index >= 53)::int + (s.trust_index >= 58)::int
       ELSE least(greatest(s.band_was,
           (s.trust_index >= 42.5)::int + (s.trust_index >= 47.5)::int
           + (s.trust_index >= 53.5)::int + (s.trust_index >= 58.5)::int),
           (s.trust_index >= 41.5)::int + (s.trust_index >= 46.5)::int
           + (s.trust_index >= 52.5)::int + (s.trust_index >= 57.5)::int)
       END AS band_new OFFSET 0) b
 CROSS JOIN LATERAL (SELECT least(greatest(s.stage_was,
       CASE WHEN s.mass >= 8 AND k.circle_shown >= 2 AND s.commitment_affective >= 60
            THEN 3 WHEN s.mass >= 4 AND s.trust_index >= 53 THEN 2
            WHEN s.mass >= 1 THEN 1 ELSE 0 END),
       CASE WHEN s.mass >= 6.4 AND k.circle_shown >= 2 AND s.commitment_affective >= 48
            THEN 3 WHEN s.mass >= 3.2 AND s.trust_index >= 49 THEN 2
            WHEN s.mass >= 0.8 THEN 1 ELSE 0 END) AS stage_new OFFSET 0) st
)
, shown AS (
SELECT s.*, s.snapshot_index IS NULL OR abs(s.trust_index - s.snapshot_index) >= 1
            OR s.band_new IS DISTINCT FROM s.band_was
            OR s.circle_to IS DISTINCT FROM s.circle_id
            OR s.stage_to IS DISTINCT FROM s.stage_id AS keep
  FROM (SELECT s.*,
               CASE WHEN s.circle_override_id IS NOT NULL AND s.overridden
                    THEN s.circle_override_id
                    ELSE (%(circles)s::int[])[s.circle_accepted + 1] END AS circle_to,
               (%(circles)s::int[])[s.circle_accepted + 1] AS circle_accepted_to,
               CASE WHEN s.circle_shown > s.circle_accepted
                    THEN (%(circles)s::int[])[s.circle_shown + 1] END
                   AS circle_proposed_to,
               (%(circles)s::int[])[s.circle_new + 1] AS circle_computed_to,
               (%(circles)s::int[])[s.circle_shown + 1] AS circle_evident_to,
               CASE WHEN s.stage_override_id IS NOT NULL AND s.overridden
                    THEN s.stage_override_id
                    ELSE (%(stages)s::int[])[s.stage_new + 1] END AS stage_to,
               (%(stages)s::int[])[s.stage_new + 1] AS stage_computed_to
          FROM leveled s OFFSET 0) s
OFFSET 0)
