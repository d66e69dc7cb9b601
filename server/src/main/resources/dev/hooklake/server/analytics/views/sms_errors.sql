-- name: sms_errors
-- kind: report
-- title: SMS errors by code and country
-- question: Which error codes keep text messages from arriving, and in which countries?
-- note: Counts the text messages of the period and their failures whenever they came. The country is told by the calling code of the recipient's number: 1 stands for all of North America, 7 for Russia and Kazakhstan.
-- column: calling_code  Country calling code; null where the recipient is no international number
-- column: error_code  Provider's error code; null where none is given
-- column: metric  attempted, bounced, deferred, dropped, failed or undeliverable, in one word for all providers
-- column: deliveries  Distinct deliveries that failed so
-- column: sent_failed  Of those, deliveries that had been sent
-- column: sent  Deliveries sent to the calling code
-- column: error_rate  sent_failed / sent
-- column: people  Distinct people
-- column: example  One of the texts, as the provider wrote it
-- uses: failures, sms_deliveries
SELECT
  d.calling_code,
  f.error_code,
  f.step AS metric,
  count(DISTINCT d.source || ' ' || d.delivery_id) AS deliveries,
  count(DISTINCT CASE WHEN d.was_sent THEN d.source || ' ' || d.delivery_id END) AS sent_failed,
  max(t.sent) AS sent,
  round(sent_failed / nullif(max(t.sent), 0), 6) AS error_rate,
  count(DISTINCT d.person) AS people,
  min(f.failure_message) AS example
FROM sms_deliveries AS d
JOIN failures AS f
  ON f.channel = d.channel AND f.source = d.source AND f.delivery_id = d.delivery_id
JOIN (
  SELECT calling_code, count(*) FILTER (WHERE was_sent) AS sent
  FROM sms_deliveries
  GROUP BY calling_code
) AS t ON t.calling_code IS NOT DISTINCT FROM d.calling_code
GROUP BY d.calling_code, f.error_code, f.step
ORDER BY deliveries DESC, d.calling_code NULLS LAST, f.error_code NULLS LAST, f.step
