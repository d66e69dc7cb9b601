-- name: newsletter_performance
-- kind: report
-- title: Newsletters
-- question: How does each newsletter do, and which of its variants does better?
-- note: Counts the deliveries sent in the period and whatever happened to them since.
-- column: source  Source, that is the account or workspace; its numbers are its own
-- column: newsletter_id  Newsletter
-- column: newsletter_name  Its name, where the provider was asked for names
-- column: content_id  Variant: language or A/B; null when there is one only
-- column: content_name  The variant's name, where the provider was asked for names
-- column: channel  Channel; a row each
-- columns: delivery_measures
-- column: people  Distinct people it was sent to
-- column: first_day  UTC day of the first delivery
-- column: last_day  UTC day of the last delivery
-- uses: deliveries, known_names
SELECT
  source,
  newsletter_id,
  max(n.known_name) AS newsletter_name,
  content_id,
  max(v.known_name) AS content_name,
  channel,
  ${delivery_measures},
  count(DISTINCT CASE WHEN was_sent THEN person END) AS people,
  min(day) AS first_day,
  max(day) AS last_day
FROM deliveries
LEFT JOIN known_names AS n ON n.known_source = source
  AND n.known_kind = 'newsletter' AND n.known_id = newsletter_id
LEFT JOIN known_names AS v ON v.known_source = source
  AND v.known_kind = 'content' AND v.known_id = content_id
WHERE newsletter_id IS NOT NULL
GROUP BY source, newsletter_id, content_id, channel
ORDER BY source, newsletter_id, content_id NULLS LAST, channel
