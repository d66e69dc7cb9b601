-- name: no_email_flags
-- kind: fragment
-- title: What only e-mail events can say
  false AS prefetched,
  false AS proxied,
  false AS synthetic,
  CAST(NULL AS STRING) AS bounce_type,
  CAST(NULL AS STRING) AS bounce_subtype
