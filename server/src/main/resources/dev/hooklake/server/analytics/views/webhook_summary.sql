-- name: webhook_summary
-- kind: report
-- title: Webhook summary
-- question: What arrived, of which kind, each day?
-- note: Days are UTC days on which the events happened, not on which they arrived.
-- column: day  UTC day the events happened
-- column: source  Configured name of the source
-- column: channel  Channel, and so the table the events are in
-- column: metric  What happened, in the provider's word
-- column: events  Distinct events; a repeat counts once
-- column: deliveries  Distinct deliveries they are about
-- column: people  Distinct people they are about, as far as the events name them
-- column: machine_events  Distinct events that are marked as a machine's
-- column: late_events  Distinct events that arrived more than 24 hours after they happened
-- column: last_received_at  When the newest of them arrived
-- uses: distinct_events, period
SELECT
  day,
  source,
  channel,
  metric,
  count(DISTINCT event_id) AS events,
  count(DISTINCT delivery_id) AS deliveries,
  count(DISTINCT coalesce(cio_id, person_id, customer_id, email_address, recipient)) AS people,
  count(DISTINCT CASE WHEN is_machine THEN event_id END) AS machine_events,
  count(DISTINCT CASE WHEN received_at > occurred_at + INTERVAL 24 HOUR THEN event_id END)
    AS late_events,
  max(received_at) AS last_received_at
FROM distinct_events
CROSS JOIN period
WHERE day BETWEEN from_day AND to_day
GROUP BY day, source, channel, metric
ORDER BY day, source, channel, metric
