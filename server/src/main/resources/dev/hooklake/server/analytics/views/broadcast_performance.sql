-- name: broadcast_performance
-- kind: report
-- title: Broadcasts
-- question: How does each run of an API-triggered broadcast do?
-- note: Counts the deliveries sent in the period and whatever happened to them since.
-- column: source  Source, that is the account or workspace; its numbers are its own
-- column: broadcast_id  Broadcast
-- column: broadcast_name  Its name, where the provider was asked for names
-- column: trigger_id  Run of the broadcast; null where the events do not name it
-- column: channel  Channel; a row each
-- columns: delivery_measures
-- column: people  Distinct people it was sent to
-- column: first_day  UTC day of the first delivery
-- column: last_day  UTC day of the last delivery
-- uses: deliveries, known_names
SELECT
  source,
  broadcast_id,
  max(n.known_name) AS broadcast_name,
  trigger_id,
  channel,
  ${delivery_measures},
  count(DISTINCT CASE WHEN was_sent THEN person END) AS people,
  min(day) AS first_day,
  max(day) AS last_day
FROM deliveries
LEFT JOIN known_names AS n ON n.known_source = source
  AND n.known_kind = 'broadcast' AND n.known_id = broadcast_id
WHERE broadcast_id IS NOT NULL
GROUP BY source, broadcast_id, trigger_id, channel
ORDER BY source, broadcast_id, trigger_id NULLS LAST, channel
