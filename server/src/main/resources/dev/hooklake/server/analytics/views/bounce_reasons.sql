-- name: bounce_reasons
-- kind: report
-- title: Why messages bounce
-- question: Which reasons stand behind the bounces, and will they pass?
-- note: Bounces only: what was dropped, failed or undeliverable never left and is in error_summary. A delivery that bounced for two reasons is in two rows, once in each; share is over all bounced deliveries of the channel.
-- column: channel  Channel
-- column: severity  hard: do not try again; soft: passes by itself; unknown
-- column: reason  Reason told from the text
-- column: status_code  Enhanced mail status in the text, for example 5.1.1; null when there is none
-- column: deliveries  Distinct deliveries that bounced so
-- column: share  deliveries / distinct deliveries that bounced in the channel
-- column: people  Distinct people
-- column: first_day  UTC day it was first seen
-- column: last_day  UTC day it was last seen
-- column: example  One of the texts, as the provider wrote it; may hold an address
-- uses: failures, period
SELECT
  r.channel,
  r.severity,
  r.reason,
  r.status_code,
  count(DISTINCT r.source || ' ' || r.delivery_id) AS deliveries,
  round(deliveries / nullif(max(t.bounced), 0), 6) AS share,
  count(DISTINCT r.person) AS people,
  min(r.day) AS first_day,
  max(r.day) AS last_day,
  min(r.failure_message) AS example
FROM failures AS r
JOIN (
  SELECT channel, count(DISTINCT source || ' ' || delivery_id) AS bounced
  FROM failures
  CROSS JOIN period
  WHERE step = 'bounced' AND day BETWEEN from_day AND to_day
  GROUP BY channel
) AS t ON t.channel = r.channel
CROSS JOIN period AS p
WHERE r.step = 'bounced' AND r.day BETWEEN p.from_day AND p.to_day
GROUP BY r.channel, r.severity, r.reason, r.status_code
ORDER BY r.channel, deliveries DESC, r.reason, r.status_code NULLS LAST
