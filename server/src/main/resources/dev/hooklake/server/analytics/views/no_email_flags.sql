-- name: no_email_flags
-- kind: fragment
-- title: What only e-mail events can say
  false AS prefetched,
  false AS proxied,
  false AS synthetic
