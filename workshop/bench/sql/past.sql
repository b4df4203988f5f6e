-- What was shown forty days ago, so that every relationship has a trend.
INSERT INTO trust_snapshot (
    relationship_id, date, trust_index, index_low, confidence, band, circle_id,
    stage_id, policy_id, company_id, cause
)
SELECT id, now() at time zone 'UTC' - interval '40 days', trust_index + 0.5,
       index_low, confidence, band, circle_id, stage_id, policy_id, company_id,
       'evidence'
  FROM trust_relationship;
