-- name: transactional_performance
-- kind: report
-- title: Transactional messages
-- question: Do receipts, codes and resets arrive?
-- note: Counts the deliveries sent in the period and whatever happened to them since.
-- column: source  Source, that is the account or workspace; its numbers are its own
-- column: transactional_message_id  Transactional message
-- column: transactional_name  Its name, where the provider was asked for names
-- column: channel  Channel; a row each
-- columns: delivery_measures
-- column: people  Distinct people it was sent to
-- column: first_day  UTC day of the first delivery
-- column: last_day  UTC day of the last delivery
-- uses: deliveries, known_names
SELECT
  source,
  transactional_message_id,
  max(n.known_name) AS transactional_name,
  channel,
  ${delivery_measures},
  count(DISTINCT CASE WHEN was_sent THEN person END) AS people,
  min(day) AS first_day,
  max(day) AS last_day
FROM deliveries
LEFT JOIN known_names AS n ON n.known_source = source
  AND n.known_kind = 'transactional' AND n.known_id = transactional_message_id
WHERE transactional_message_id IS NOT NULL
GROUP BY source, transactional_message_id, channel
ORDER BY source, transactional_message_id, channel
