-- name: events
-- kind: base
-- title: Every event of every channel
-- question: What happened, whatever the channel?
-- note: One row an event, as the channel tables hold it. Times are seconds since the epoch and days are UTC days, so that no session's time zone can move anything.
-- note: step is metric with one word for each thing: complained is spammed, undelivered is bounced, read is opened, suppressed is dropped, delivery_delayed is deferred, canceled is undeliverable.
SELECT
  'email' AS channel,
  ${event_columns},
  coalesce(prefetched, false) AS prefetched,
  coalesce(proxied, false) AS proxied,
  coalesce(synthetic, false) AS synthetic,
  bounce_type,
  bounce_subtype,
  CAST(NULL AS STRING) AS error_code
FROM email_events
UNION ALL
SELECT 'sms' AS channel, ${event_columns}, ${no_email_flags}, error_code
FROM sms_events
UNION ALL
SELECT 'push' AS channel, ${event_columns}, ${no_email_flags}, CAST(NULL AS STRING) AS error_code
FROM push_events
UNION ALL
SELECT 'in_app' AS channel, ${event_columns}, ${no_email_flags}, CAST(NULL AS STRING) AS error_code
FROM in_app_events
UNION ALL
SELECT 'whatsapp' AS channel, ${event_columns}, ${no_email_flags}, error_code
FROM whatsapp_events
UNION ALL
SELECT 'slack' AS channel, ${event_columns}, ${no_email_flags}, CAST(NULL AS STRING) AS error_code
FROM slack_events
UNION ALL
SELECT 'webhook' AS channel, ${event_columns}, ${no_email_flags}, CAST(NULL AS STRING) AS error_code
FROM webhook_events
UNION ALL
SELECT 'customer' AS channel, ${event_columns}, ${no_email_flags}, CAST(NULL AS STRING) AS error_code
FROM customer_events
UNION ALL
SELECT 'lead' AS channel, ${event_columns}, ${no_email_flags}, CAST(NULL AS STRING) AS error_code
FROM lead_events
