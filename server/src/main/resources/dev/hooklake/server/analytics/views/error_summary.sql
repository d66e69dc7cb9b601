-- name: error_summary
-- kind: report
-- title: Errors
-- question: What failed, where, since when and for how many people?
-- note: By the UTC day on which it failed. attempted and deferred will be tried again by the provider; the others are final.
-- column: day  UTC day of the failure
-- column: source  Configured name of the source
-- column: channel  Channel
-- column: metric  attempted, bounced, deferred, dropped, failed or undeliverable, in one word for all providers
-- column: reason  Reason told from the text
-- column: events  Distinct events
-- column: deliveries  Distinct deliveries
-- column: people  Distinct people, as far as the events name them
-- column: example  One of the texts, as the provider wrote it; may hold an address
-- uses: failures, period
SELECT
  day,
  source,
  channel,
  step AS metric,
  reason,
  count(DISTINCT event_id) AS events,
  count(DISTINCT delivery_id) AS deliveries,
  count(DISTINCT person) AS people,
  min(failure_message) AS example
FROM failures
CROSS JOIN period
WHERE day BETWEEN from_day AND to_day
GROUP BY day, source, channel, step, reason
ORDER BY day, source, channel, metric, reason
