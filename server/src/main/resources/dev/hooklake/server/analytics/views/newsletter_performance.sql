-- name: newsletter_performance
-- kind: report
-- title: Newsletters
-- question: How does each newsletter do, and which of its variants does better?
-- note: Counts the deliveries sent in the period and whatever happened to them since.
-- column: newsletter_id  Newsletter
-- column: content_id  Variant: language or A/B; null when there is one only
-- column: channel  Channel; a row each
-- columns: delivery_measures
-- column: people  Distinct people it was sent to
-- column: first_day  UTC day of the first delivery
-- column: last_day  UTC day of the last delivery
-- uses: deliveries
SELECT
  newsletter_id,
  content_id,
  channel,
  ${delivery_measures},
  count(DISTINCT CASE WHEN was_sent THEN person END) AS people,
  min(day) AS first_day,
  max(day) AS last_day
FROM deliveries
WHERE newsletter_id IS NOT NULL
GROUP BY newsletter_id, content_id, channel
ORDER BY newsletter_id, content_id NULLS LAST, channel
