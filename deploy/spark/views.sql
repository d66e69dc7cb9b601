-- The reports and the views below them, for Spark and Databricks SQL (and DuckDB).
-- First make the lake's tables known under their names in the current schema, for example
--   CREATE TABLE email_events USING DELTA LOCATION '<lake>/processed_events/email_events'
-- for email, sms, push, in_app, whatsapp, slack, webhook, customer and lead, and provider_names. A
-- table that does not exist yet, because nothing of its channel has landed or no provider was asked
-- for names, must be created empty, with the columns of another channel or of docs/reference/tables.md.
-- Definitions: docs/reference/views.md.

CREATE OR REPLACE VIEW events AS
SELECT
  'email' AS channel,
  source,
  event_id,
  -- One word for one step, whatever the provider calls it.
  CASE metric
    WHEN 'complained' THEN 'spammed'
    WHEN 'delivery_delayed' THEN 'deferred'
    WHEN 'read' THEN 'opened'
    WHEN 'suppressed' THEN 'dropped'
    WHEN 'undelivered' THEN 'bounced'
    WHEN 'canceled' THEN 'undeliverable'
    ELSE metric
  END AS step,
  metric,
  timestamp AS happened,
  occurred_at,
  event_date AS day,
  received_at,
  -- Providers send blanks for what they no longer know.
  nullif(trim(customer_id), '') AS customer_id,
  nullif(trim(person_id), '') AS person_id,
  nullif(trim(cio_id), '') AS cio_id,
  nullif(lower(trim(email_address)), '') AS email_address,
  nullif(lower(trim(recipient)), '') AS recipient,
  nullif(delivery_id, '') AS delivery_id,
  campaign_id,
  broadcast_id,
  newsletter_id,
  transactional_message_id,
  action_id,
  journey_id,
  trigger_id,
  content_id,
  href,
  link_id,
  failure_message,
  is_machine,
  origin,
  coalesce(prefetched, false) AS prefetched,
  coalesce(proxied, false) AS proxied,
  coalesce(synthetic, false) AS synthetic,
  bounce_type,
  bounce_subtype,
  CAST(NULL AS STRING) AS error_code
FROM email_events
UNION ALL
SELECT 'sms' AS channel, source,
  event_id,
  -- One word for one step, whatever the provider calls it.
  CASE metric
    WHEN 'complained' THEN 'spammed'
    WHEN 'delivery_delayed' THEN 'deferred'
    WHEN 'read' THEN 'opened'
    WHEN 'suppressed' THEN 'dropped'
    WHEN 'undelivered' THEN 'bounced'
    WHEN 'canceled' THEN 'undeliverable'
    ELSE metric
  END AS step,
  metric,
  timestamp AS happened,
  occurred_at,
  event_date AS day,
  received_at,
  -- Providers send blanks for what they no longer know.
  nullif(trim(customer_id), '') AS customer_id,
  nullif(trim(person_id), '') AS person_id,
  nullif(trim(cio_id), '') AS cio_id,
  nullif(lower(trim(email_address)), '') AS email_address,
  nullif(lower(trim(recipient)), '') AS recipient,
  nullif(delivery_id, '') AS delivery_id,
  campaign_id,
  broadcast_id,
  newsletter_id,
  transactional_message_id,
  action_id,
  journey_id,
  trigger_id,
  content_id,
  href,
  link_id,
  failure_message,
  is_machine,
  origin, false AS prefetched,
  false AS proxied,
  false AS synthetic,
  CAST(NULL AS STRING) AS bounce_type,
  CAST(NULL AS STRING) AS bounce_subtype, error_code
FROM sms_events
UNION ALL
SELECT 'push' AS channel, source,
  event_id,
  -- One word for one step, whatever the provider calls it.
  CASE metric
    WHEN 'complained' THEN 'spammed'
    WHEN 'delivery_delayed' THEN 'deferred'
    WHEN 'read' THEN 'opened'
    WHEN 'suppressed' THEN 'dropped'
    WHEN 'undelivered' THEN 'bounced'
    WHEN 'canceled' THEN 'undeliverable'
    ELSE metric
  END AS step,
  metric,
  timestamp AS happened,
  occurred_at,
  event_date AS day,
  received_at,
  -- Providers send blanks for what they no longer know.
  nullif(trim(customer_id), '') AS customer_id,
  nullif(trim(person_id), '') AS person_id,
  nullif(trim(cio_id), '') AS cio_id,
  nullif(lower(trim(email_address)), '') AS email_address,
  nullif(lower(trim(recipient)), '') AS recipient,
  nullif(delivery_id, '') AS delivery_id,
  campaign_id,
  broadcast_id,
  newsletter_id,
  transactional_message_id,
  action_id,
  journey_id,
  trigger_id,
  content_id,
  href,
  link_id,
  failure_message,
  is_machine,
  origin, false AS prefetched,
  false AS proxied,
  false AS synthetic,
  CAST(NULL AS STRING) AS bounce_type,
  CAST(NULL AS STRING) AS bounce_subtype, CAST(NULL AS STRING) AS error_code
FROM push_events
UNION ALL
SELECT 'in_app' AS channel, source,
  event_id,
  -- One word for one step, whatever the provider calls it.
  CASE metric
    WHEN 'complained' THEN 'spammed'
    WHEN 'delivery_delayed' THEN 'deferred'
    WHEN 'read' THEN 'opened'
    WHEN 'suppressed' THEN 'dropped'
    WHEN 'undelivered' THEN 'bounced'
    WHEN 'canceled' THEN 'undeliverable'
    ELSE metric
  END AS step,
  metric,
  timestamp AS happened,
  occurred_at,
  event_date AS day,
  received_at,
  -- Providers send blanks for what they no longer know.
  nullif(trim(customer_id), '') AS customer_id,
  nullif(trim(person_id), '') AS person_id,
  nullif(trim(cio_id), '') AS cio_id,
  nullif(lower(trim(email_address)), '') AS email_address,
  nullif(lower(trim(recipient)), '') AS recipient,
  nullif(delivery_id, '') AS delivery_id,
  campaign_id,
  broadcast_id,
  newsletter_id,
  transactional_message_id,
  action_id,
  journey_id,
  trigger_id,
  content_id,
  href,
  link_id,
  failure_message,
  is_machine,
  origin, false AS prefetched,
  false AS proxied,
  false AS synthetic,
  CAST(NULL AS STRING) AS bounce_type,
  CAST(NULL AS STRING) AS bounce_subtype, CAST(NULL AS STRING) AS error_code
FROM in_app_events
UNION ALL
SELECT 'whatsapp' AS channel, source,
  event_id,
  -- One word for one step, whatever the provider calls it.
  CASE metric
    WHEN 'complained' THEN 'spammed'
    WHEN 'delivery_delayed' THEN 'deferred'
    WHEN 'read' THEN 'opened'
    WHEN 'suppressed' THEN 'dropped'
    WHEN 'undelivered' THEN 'bounced'
    WHEN 'canceled' THEN 'undeliverable'
    ELSE metric
  END AS step,
  metric,
  timestamp AS happened,
  occurred_at,
  event_date AS day,
  received_at,
  -- Providers send blanks for what they no longer know.
  nullif(trim(customer_id), '') AS customer_id,
  nullif(trim(person_id), '') AS person_id,
  nullif(trim(cio_id), '') AS cio_id,
  nullif(lower(trim(email_address)), '') AS email_address,
  nullif(lower(trim(recipient)), '') AS recipient,
  nullif(delivery_id, '') AS delivery_id,
  campaign_id,
  broadcast_id,
  newsletter_id,
  transactional_message_id,
  action_id,
  journey_id,
  trigger_id,
  content_id,
  href,
  link_id,
  failure_message,
  is_machine,
  origin, false AS prefetched,
  false AS proxied,
  false AS synthetic,
  CAST(NULL AS STRING) AS bounce_type,
  CAST(NULL AS STRING) AS bounce_subtype, error_code
FROM whatsapp_events
UNION ALL
SELECT 'slack' AS channel, source,
  event_id,
  -- One word for one step, whatever the provider calls it.
  CASE metric
    WHEN 'complained' THEN 'spammed'
    WHEN 'delivery_delayed' THEN 'deferred'
    WHEN 'read' THEN 'opened'
    WHEN 'suppressed' THEN 'dropped'
    WHEN 'undelivered' THEN 'bounced'
    WHEN 'canceled' THEN 'undeliverable'
    ELSE metric
  END AS step,
  metric,
  timestamp AS happened,
  occurred_at,
  event_date AS day,
  received_at,
  -- Providers send blanks for what they no longer know.
  nullif(trim(customer_id), '') AS customer_id,
  nullif(trim(person_id), '') AS person_id,
  nullif(trim(cio_id), '') AS cio_id,
  nullif(lower(trim(email_address)), '') AS email_address,
  nullif(lower(trim(recipient)), '') AS recipient,
  nullif(delivery_id, '') AS delivery_id,
  campaign_id,
  broadcast_id,
  newsletter_id,
  transactional_message_id,
  action_id,
  journey_id,
  trigger_id,
  content_id,
  href,
  link_id,
  failure_message,
  is_machine,
  origin, false AS prefetched,
  false AS proxied,
  false AS synthetic,
  CAST(NULL AS STRING) AS bounce_type,
  CAST(NULL AS STRING) AS bounce_subtype, CAST(NULL AS STRING) AS error_code
FROM slack_events
UNION ALL
SELECT 'webhook' AS channel, source,
  event_id,
  -- One word for one step, whatever the provider calls it.
  CASE metric
    WHEN 'complained' THEN 'spammed'
    WHEN 'delivery_delayed' THEN 'deferred'
    WHEN 'read' THEN 'opened'
    WHEN 'suppressed' THEN 'dropped'
    WHEN 'undelivered' THEN 'bounced'
    WHEN 'canceled' THEN 'undeliverable'
    ELSE metric
  END AS step,
  metric,
  timestamp AS happened,
  occurred_at,
  event_date AS day,
  received_at,
  -- Providers send blanks for what they no longer know.
  nullif(trim(customer_id), '') AS customer_id,
  nullif(trim(person_id), '') AS person_id,
  nullif(trim(cio_id), '') AS cio_id,
  nullif(lower(trim(email_address)), '') AS email_address,
  nullif(lower(trim(recipient)), '') AS recipient,
  nullif(delivery_id, '') AS delivery_id,
  campaign_id,
  broadcast_id,
  newsletter_id,
  transactional_message_id,
  action_id,
  journey_id,
  trigger_id,
  content_id,
  href,
  link_id,
  failure_message,
  is_machine,
  origin, false AS prefetched,
  false AS proxied,
  false AS synthetic,
  CAST(NULL AS STRING) AS bounce_type,
  CAST(NULL AS STRING) AS bounce_subtype, CAST(NULL AS STRING) AS error_code
FROM webhook_events
UNION ALL
SELECT 'customer' AS channel, source,
  event_id,
  -- One word for one step, whatever the provider calls it.
  CASE metric
    WHEN 'complained' THEN 'spammed'
    WHEN 'delivery_delayed' THEN 'deferred'
    WHEN 'read' THEN 'opened'
    WHEN 'suppressed' THEN 'dropped'
    WHEN 'undelivered' THEN 'bounced'
    WHEN 'canceled' THEN 'undeliverable'
    ELSE metric
  END AS step,
  metric,
  timestamp AS happened,
  occurred_at,
  event_date AS day,
  received_at,
  -- Providers send blanks for what they no longer know.
  nullif(trim(customer_id), '') AS customer_id,
  nullif(trim(person_id), '') AS person_id,
  nullif(trim(cio_id), '') AS cio_id,
  nullif(lower(trim(email_address)), '') AS email_address,
  nullif(lower(trim(recipient)), '') AS recipient,
  nullif(delivery_id, '') AS delivery_id,
  campaign_id,
  broadcast_id,
  newsletter_id,
  transactional_message_id,
  action_id,
  journey_id,
  trigger_id,
  content_id,
  href,
  link_id,
  failure_message,
  is_machine,
  origin, false AS prefetched,
  false AS proxied,
  false AS synthetic,
  CAST(NULL AS STRING) AS bounce_type,
  CAST(NULL AS STRING) AS bounce_subtype, CAST(NULL AS STRING) AS error_code
FROM customer_events
UNION ALL
SELECT 'lead' AS channel, source,
  event_id,
  -- One word for one step, whatever the provider calls it.
  CASE metric
    WHEN 'complained' THEN 'spammed'
    WHEN 'delivery_delayed' THEN 'deferred'
    WHEN 'read' THEN 'opened'
    WHEN 'suppressed' THEN 'dropped'
    WHEN 'undelivered' THEN 'bounced'
    WHEN 'canceled' THEN 'undeliverable'
    ELSE metric
  END AS step,
  metric,
  timestamp AS happened,
  occurred_at,
  event_date AS day,
  received_at,
  -- Providers send blanks for what they no longer know.
  nullif(trim(customer_id), '') AS customer_id,
  nullif(trim(person_id), '') AS person_id,
  nullif(trim(cio_id), '') AS cio_id,
  nullif(lower(trim(email_address)), '') AS email_address,
  nullif(lower(trim(recipient)), '') AS recipient,
  nullif(delivery_id, '') AS delivery_id,
  campaign_id,
  broadcast_id,
  newsletter_id,
  transactional_message_id,
  action_id,
  journey_id,
  trigger_id,
  content_id,
  href,
  link_id,
  failure_message,
  is_machine,
  origin, false AS prefetched,
  false AS proxied,
  false AS synthetic,
  CAST(NULL AS STRING) AS bounce_type,
  CAST(NULL AS STRING) AS bounce_subtype, CAST(NULL AS STRING) AS error_code
FROM lead_events;

CREATE OR REPLACE VIEW distinct_events AS
-- Not IS DISTINCT FROM: DuckDB 1.5 loses every row of it where the column is all null.
SELECT *
FROM events
WHERE coalesce(origin, 'webhook') <> 'backfill'
UNION ALL
SELECT f.*
FROM events AS f
WHERE f.origin = 'backfill' AND NOT EXISTS (
  SELECT 1
  FROM events AS w
  WHERE coalesce(w.origin, 'webhook') <> 'backfill'
    AND w.channel = f.channel AND w.source = f.source AND w.delivery_id = f.delivery_id
    AND w.step = f.step AND w.is_machine = f.is_machine);

CREATE OR REPLACE VIEW period AS
SELECT
  CAST('0001-01-01' AS DATE) AS from_day,
  CAST('9999-12-31' AS DATE) AS to_day;

CREATE OR REPLACE VIEW webhook_summary AS
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
ORDER BY day, source, channel, metric;

CREATE OR REPLACE VIEW delivery_facts AS
SELECT
  channel,
  source,
  delivery_id,
  max(cio_id) AS cio_id,
  max(person_id) AS person_id,
  max(customer_id) AS customer_id,
  max(email_address) AS email_address,
  max(recipient) AS recipient,
  max(campaign_id) AS campaign_id,
  max(broadcast_id) AS broadcast_id,
  max(newsletter_id) AS newsletter_id,
  max(transactional_message_id) AS transactional_message_id,
  max(action_id) AS action_id,
  max(journey_id) AS journey_id,
  max(trigger_id) AS trigger_id,
  max(content_id) AS content_id,
  min(happened) AS first_event,
  min(CASE WHEN step = 'sent' THEN happened END) AS first_sent,
  min(CASE WHEN step = 'delivered' THEN happened END) AS first_delivered,
  min(CASE WHEN step = 'bounced' THEN happened END) AS first_bounced,
  min(CASE WHEN step IN ('dropped', 'failed', 'undeliverable') THEN happened END) AS first_refused,
  min(CASE WHEN step = 'opened' THEN happened END) AS first_opened,
  min(CASE WHEN step = 'opened' AND NOT is_machine AND NOT synthetic THEN happened END)
    AS first_human_opened,
  min(CASE WHEN step = 'opened' AND prefetched THEN happened END) AS first_prefetched,
  min(CASE WHEN step = 'opened' AND proxied THEN happened END) AS first_proxied,
  min(CASE WHEN step = 'opened' AND synthetic THEN happened END) AS first_synthetic,
  min(CASE WHEN step = 'clicked' THEN happened END) AS first_clicked,
  min(CASE WHEN step = 'clicked' AND is_machine THEN happened END) AS first_machine_clicked,
  min(CASE WHEN step = 'clicked' AND NOT is_machine THEN happened END) AS first_unflagged_click,
  max(CASE WHEN step = 'clicked' AND NOT is_machine THEN happened END) AS last_unflagged_click,
  min(CASE WHEN step = 'converted' THEN happened END) AS first_converted,
  min(CASE WHEN step = 'unsubscribed' THEN happened END) AS first_unsubscribed,
  min(CASE WHEN step = 'spammed' THEN happened END) AS first_spammed,
  min(CASE WHEN step = 'replied' THEN happened END) AS first_replied
FROM events
WHERE delivery_id IS NOT NULL AND step <> 'received'
GROUP BY channel, source, delivery_id;

CREATE OR REPLACE VIEW all_deliveries AS
SELECT
  *,
  DATE '1970-01-01' + CAST(floor(coalesce(sent_at, first_event) / 86400) AS INT) AS day,
  sent_at IS NOT NULL AS was_sent,
  reached_at IS NOT NULL
    OR (NOT reports_delivery AND sent_at IS NOT NULL AND first_refused IS NULL) AS was_delivered,
  reports_opens AND (first_opened IS NOT NULL OR first_clicked IS NOT NULL) AS was_opened,
  reports_opens
    AND (first_human_opened IS NOT NULL
      OR coalesce(last_unflagged_click >= people_click_from, false)) AS was_human_opened,
  first_clicked IS NOT NULL AS was_clicked,
  coalesce(last_unflagged_click >= people_click_from, false) AS was_human_clicked,
  coalesce(first_unflagged_click < people_click_from, false) AS was_hasty_clicked,
  first_converted IS NOT NULL AS was_converted,
  first_bounced IS NOT NULL AS was_bounced,
  first_unsubscribed IS NOT NULL AS was_unsubscribed,
  first_spammed IS NOT NULL AS was_spammed,
  first_replied IS NOT NULL AS was_replied,
  sent_at IS NULL AND first_refused IS NOT NULL AS was_not_sent
FROM (
  SELECT
    *,
    coalesce(first_sent, least(reached_at, first_bounced)) AS sent_at,
    CASE WHEN channel = 'email' THEN coalesce(first_delivered, first_sent, 0) + 10 ELSE 0 END
      AS people_click_from,
    channel IN ('email', 'push', 'in_app', 'whatsapp') AS reports_opens,
    channel IN ('email', 'push', 'sms', 'whatsapp') AS reports_delivery
  FROM (
    SELECT
      *,
      coalesce(cio_id, person_id, customer_id, email_address, recipient) AS person,
      CASE
        WHEN campaign_id IS NOT NULL THEN 'campaign ' || CAST(campaign_id AS STRING)
        WHEN broadcast_id IS NOT NULL THEN 'broadcast ' || CAST(broadcast_id AS STRING)
        WHEN newsletter_id IS NOT NULL THEN 'newsletter ' || CAST(newsletter_id AS STRING)
        WHEN transactional_message_id IS NOT NULL
          THEN 'transactional ' || CAST(transactional_message_id AS STRING)
        ELSE 'none'
      END AS parent,
      coalesce(action_id, content_id) AS variant,
      least(
        first_delivered, first_opened, first_clicked, first_converted, first_unsubscribed,
        first_spammed, first_replied) AS reached_at
    FROM delivery_facts
  ) AS reached
) AS timed;

CREATE OR REPLACE VIEW deliveries AS
SELECT d.*
FROM all_deliveries AS d
CROSS JOIN period AS p
WHERE d.day BETWEEN p.from_day AND p.to_day;

CREATE OR REPLACE VIEW email_engagement AS
SELECT
  day,
  count(*) FILTER (WHERE was_sent) AS sent,
  count(*) FILTER (WHERE was_delivered) AS delivered,
  round(delivered / nullif(sent, 0), 6) AS delivery_rate,
  count(*) FILTER (WHERE was_opened) AS opened,
  round(opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS open_rate,
  count(*) FILTER (WHERE was_human_opened) AS human_opened,
  round(human_opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS human_open_rate,
  count(*) FILTER (WHERE was_clicked) AS clicked,
  round(clicked / nullif(delivered, 0), 6) AS click_rate,
  count(*) FILTER (WHERE was_human_clicked) AS human_clicked,
  round(human_clicked / nullif(delivered, 0), 6) AS human_click_rate,
  count(*) FILTER (WHERE was_converted) AS converted,
  round(converted / nullif(delivered, 0), 6) AS conversion_rate,
  count(*) FILTER (WHERE was_bounced) AS bounced,
  round(bounced / nullif(sent, 0), 6) AS bounce_rate,
  count(*) FILTER (WHERE was_unsubscribed) AS unsubscribed,
  round(unsubscribed / nullif(delivered, 0), 6) AS unsubscribe_rate,
  count(*) FILTER (WHERE was_spammed) AS spammed,
  round(spammed / nullif(delivered, 0), 6) AS complaint_rate,
  count(*) FILTER (WHERE was_not_sent) AS not_sent,
  count(*) FILTER (WHERE first_prefetched IS NOT NULL) AS prefetched_opened,
  count(*) FILTER (WHERE first_proxied IS NOT NULL) AS proxied_opened,
  count(*) FILTER (WHERE first_synthetic IS NOT NULL) AS synthetic_opened,
  count(*) FILTER (WHERE first_machine_clicked IS NOT NULL) AS machine_clicked,
  count(*) FILTER (WHERE was_hasty_clicked) AS hasty_clicked
FROM deliveries
WHERE channel = 'email'
GROUP BY day
ORDER BY day;

CREATE OR REPLACE VIEW activity AS
SELECT
  e.channel,
  e.source,
  e.delivery_id,
  e.event_id,
  e.step,
  e.happened,
  e.day,
  e.href,
  e.link_id,
  d.person,
  d.parent,
  d.variant,
  d.day AS sent_day,
  CASE e.step
    WHEN 'opened' THEN NOT e.is_machine AND NOT e.synthetic
    WHEN 'clicked' THEN NOT e.is_machine AND e.happened >= d.people_click_from
    ELSE e.step IN ('replied', 'converted')
  END AS is_human
FROM distinct_events AS e
JOIN all_deliveries AS d
  ON d.channel = e.channel AND d.source = e.source AND d.delivery_id = e.delivery_id;

CREATE OR REPLACE VIEW daily_engagement AS
SELECT
  day,
  channel,
  count(*) FILTER (WHERE sent) AS sent,
  count(*) FILTER (WHERE delivered) AS delivered,
  count(*) FILTER (WHERE opened) AS opened,
  count(*) FILTER (WHERE human_opened) AS human_opened,
  count(*) FILTER (WHERE clicked) AS clicked,
  count(*) FILTER (WHERE human_clicked) AS human_clicked,
  count(*) FILTER (WHERE converted) AS converted,
  count(*) FILTER (WHERE replied) AS replied,
  count(*) FILTER (WHERE bounced) AS bounced,
  count(*) FILTER (WHERE unsubscribed) AS unsubscribed,
  count(*) FILTER (WHERE spammed) AS spammed,
  count(DISTINCT person) AS people,
  count(DISTINCT CASE WHEN engaged THEN person END) AS engaged_people,
  round(
    count(DISTINCT CASE WHEN engaged THEN person END) / nullif(count(DISTINCT person), 0), 6)
    AS engaged_people_rate
FROM (
  SELECT
    day,
    channel,
    source,
    delivery_id,
    max(person) AS person,
    bool_or(step = 'sent') AS sent,
    bool_or(step = 'delivered') AS delivered,
    bool_or(step = 'opened') AS opened,
    bool_or(step = 'opened' AND is_human) AS human_opened,
    bool_or(step = 'clicked') AS clicked,
    bool_or(step = 'clicked' AND is_human) AS human_clicked,
    bool_or(step = 'converted') AS converted,
    bool_or(step = 'replied') AS replied,
    bool_or(step = 'bounced') AS bounced,
    bool_or(step = 'unsubscribed') AS unsubscribed,
    bool_or(step = 'spammed') AS spammed,
    bool_or(is_human) AS engaged
  FROM activity
  GROUP BY day, channel, source, delivery_id
) AS delivery_days
CROSS JOIN period
WHERE day BETWEEN from_day AND to_day
GROUP BY day, channel
ORDER BY day, channel;

CREATE OR REPLACE VIEW funnel AS
SELECT
  day,
  channel,
  count(*) FILTER (WHERE was_sent) AS sent,
  count(*) FILTER (WHERE was_delivered) AS delivered,
  round(delivered / nullif(sent, 0), 6) AS delivery_rate,
  count(*) FILTER (WHERE was_opened) AS opened,
  round(opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS open_rate,
  count(*) FILTER (WHERE was_human_opened) AS human_opened,
  round(human_opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS human_open_rate,
  count(*) FILTER (WHERE was_clicked) AS clicked,
  round(
    clicked / nullif(count(*) FILTER (WHERE was_opened OR was_delivered AND NOT reports_opens), 0),
    6) AS click_rate,
  count(*) FILTER (WHERE was_human_clicked) AS human_clicked,
  round(
    human_clicked
      / nullif(count(*) FILTER (WHERE was_human_opened OR was_delivered AND NOT reports_opens), 0),
    6) AS human_click_rate,
  count(*) FILTER (WHERE was_converted) AS converted,
  round(converted / nullif(delivered, 0), 6) AS conversion_rate,
  count(*) FILTER (WHERE was_converted AND was_human_clicked) AS converted_after_click,
  round(converted_after_click / nullif(human_clicked, 0), 6) AS click_conversion_rate
FROM deliveries
WHERE was_sent
GROUP BY day, channel
ORDER BY day, channel;

CREATE OR REPLACE VIEW known_names AS
SELECT
  source AS known_source,
  kind AS known_kind,
  id AS known_id,
  name AS known_name
FROM provider_names;

CREATE OR REPLACE VIEW campaign_performance AS
SELECT
  source,
  campaign_id,
  max(n.known_name) AS campaign_name,
  channel,
  count(*) FILTER (WHERE was_sent) AS sent,
  count(*) FILTER (WHERE was_delivered) AS delivered,
  round(delivered / nullif(sent, 0), 6) AS delivery_rate,
  count(*) FILTER (WHERE was_opened) AS opened,
  round(opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS open_rate,
  count(*) FILTER (WHERE was_human_opened) AS human_opened,
  round(human_opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS human_open_rate,
  count(*) FILTER (WHERE was_clicked) AS clicked,
  round(clicked / nullif(delivered, 0), 6) AS click_rate,
  count(*) FILTER (WHERE was_human_clicked) AS human_clicked,
  round(human_clicked / nullif(delivered, 0), 6) AS human_click_rate,
  count(*) FILTER (WHERE was_converted) AS converted,
  round(converted / nullif(delivered, 0), 6) AS conversion_rate,
  count(*) FILTER (WHERE was_bounced) AS bounced,
  round(bounced / nullif(sent, 0), 6) AS bounce_rate,
  count(*) FILTER (WHERE was_unsubscribed) AS unsubscribed,
  round(unsubscribed / nullif(delivered, 0), 6) AS unsubscribe_rate,
  count(*) FILTER (WHERE was_spammed) AS spammed,
  round(spammed / nullif(delivered, 0), 6) AS complaint_rate,
  count(*) FILTER (WHERE was_not_sent) AS not_sent,
  count(DISTINCT CASE WHEN was_sent THEN person END) AS people,
  min(day) AS first_day,
  max(day) AS last_day
FROM deliveries
LEFT JOIN known_names AS n ON n.known_source = source
  AND n.known_kind = 'campaign' AND n.known_id = campaign_id
WHERE campaign_id IS NOT NULL
GROUP BY source, campaign_id, channel
ORDER BY source, campaign_id, channel;

CREATE OR REPLACE VIEW newsletter_performance AS
SELECT
  source,
  newsletter_id,
  max(n.known_name) AS newsletter_name,
  content_id,
  max(v.known_name) AS content_name,
  channel,
  count(*) FILTER (WHERE was_sent) AS sent,
  count(*) FILTER (WHERE was_delivered) AS delivered,
  round(delivered / nullif(sent, 0), 6) AS delivery_rate,
  count(*) FILTER (WHERE was_opened) AS opened,
  round(opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS open_rate,
  count(*) FILTER (WHERE was_human_opened) AS human_opened,
  round(human_opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS human_open_rate,
  count(*) FILTER (WHERE was_clicked) AS clicked,
  round(clicked / nullif(delivered, 0), 6) AS click_rate,
  count(*) FILTER (WHERE was_human_clicked) AS human_clicked,
  round(human_clicked / nullif(delivered, 0), 6) AS human_click_rate,
  count(*) FILTER (WHERE was_converted) AS converted,
  round(converted / nullif(delivered, 0), 6) AS conversion_rate,
  count(*) FILTER (WHERE was_bounced) AS bounced,
  round(bounced / nullif(sent, 0), 6) AS bounce_rate,
  count(*) FILTER (WHERE was_unsubscribed) AS unsubscribed,
  round(unsubscribed / nullif(delivered, 0), 6) AS unsubscribe_rate,
  count(*) FILTER (WHERE was_spammed) AS spammed,
  round(spammed / nullif(delivered, 0), 6) AS complaint_rate,
  count(*) FILTER (WHERE was_not_sent) AS not_sent,
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
ORDER BY source, newsletter_id, content_id NULLS LAST, channel;

CREATE OR REPLACE VIEW broadcast_performance AS
SELECT
  source,
  broadcast_id,
  max(n.known_name) AS broadcast_name,
  trigger_id,
  channel,
  count(*) FILTER (WHERE was_sent) AS sent,
  count(*) FILTER (WHERE was_delivered) AS delivered,
  round(delivered / nullif(sent, 0), 6) AS delivery_rate,
  count(*) FILTER (WHERE was_opened) AS opened,
  round(opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS open_rate,
  count(*) FILTER (WHERE was_human_opened) AS human_opened,
  round(human_opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS human_open_rate,
  count(*) FILTER (WHERE was_clicked) AS clicked,
  round(clicked / nullif(delivered, 0), 6) AS click_rate,
  count(*) FILTER (WHERE was_human_clicked) AS human_clicked,
  round(human_clicked / nullif(delivered, 0), 6) AS human_click_rate,
  count(*) FILTER (WHERE was_converted) AS converted,
  round(converted / nullif(delivered, 0), 6) AS conversion_rate,
  count(*) FILTER (WHERE was_bounced) AS bounced,
  round(bounced / nullif(sent, 0), 6) AS bounce_rate,
  count(*) FILTER (WHERE was_unsubscribed) AS unsubscribed,
  round(unsubscribed / nullif(delivered, 0), 6) AS unsubscribe_rate,
  count(*) FILTER (WHERE was_spammed) AS spammed,
  round(spammed / nullif(delivered, 0), 6) AS complaint_rate,
  count(*) FILTER (WHERE was_not_sent) AS not_sent,
  count(DISTINCT CASE WHEN was_sent THEN person END) AS people,
  min(day) AS first_day,
  max(day) AS last_day
FROM deliveries
LEFT JOIN known_names AS n ON n.known_source = source
  AND n.known_kind = 'broadcast' AND n.known_id = broadcast_id
WHERE broadcast_id IS NOT NULL
GROUP BY source, broadcast_id, trigger_id, channel
ORDER BY source, broadcast_id, trigger_id NULLS LAST, channel;

CREATE OR REPLACE VIEW transactional_performance AS
SELECT
  source,
  transactional_message_id,
  max(n.known_name) AS transactional_name,
  channel,
  count(*) FILTER (WHERE was_sent) AS sent,
  count(*) FILTER (WHERE was_delivered) AS delivered,
  round(delivered / nullif(sent, 0), 6) AS delivery_rate,
  count(*) FILTER (WHERE was_opened) AS opened,
  round(opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS open_rate,
  count(*) FILTER (WHERE was_human_opened) AS human_opened,
  round(human_opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS human_open_rate,
  count(*) FILTER (WHERE was_clicked) AS clicked,
  round(clicked / nullif(delivered, 0), 6) AS click_rate,
  count(*) FILTER (WHERE was_human_clicked) AS human_clicked,
  round(human_clicked / nullif(delivered, 0), 6) AS human_click_rate,
  count(*) FILTER (WHERE was_converted) AS converted,
  round(converted / nullif(delivered, 0), 6) AS conversion_rate,
  count(*) FILTER (WHERE was_bounced) AS bounced,
  round(bounced / nullif(sent, 0), 6) AS bounce_rate,
  count(*) FILTER (WHERE was_unsubscribed) AS unsubscribed,
  round(unsubscribed / nullif(delivered, 0), 6) AS unsubscribe_rate,
  count(*) FILTER (WHERE was_spammed) AS spammed,
  round(spammed / nullif(delivered, 0), 6) AS complaint_rate,
  count(*) FILTER (WHERE was_not_sent) AS not_sent,
  count(DISTINCT CASE WHEN was_sent THEN person END) AS people,
  min(day) AS first_day,
  max(day) AS last_day
FROM deliveries
LEFT JOIN known_names AS n ON n.known_source = source
  AND n.known_kind = 'transactional' AND n.known_id = transactional_message_id
WHERE transactional_message_id IS NOT NULL
GROUP BY source, transactional_message_id, channel
ORDER BY source, transactional_message_id, channel;

CREATE OR REPLACE VIEW journey_performance AS
SELECT
  source,
  campaign_id,
  broadcast_id,
  max(n.known_name) AS name,
  count(DISTINCT journey_id) AS journeys,
  count(*) AS messages,
  round(messages / nullif(journeys, 0), 6) AS messages_per_journey,
  count(DISTINCT action_id) AS steps,
  count(DISTINCT CASE WHEN was_delivered THEN journey_id END) AS reached,
  round(reached / nullif(journeys, 0), 6) AS reached_rate,
  count(DISTINCT CASE
    WHEN was_human_opened OR was_human_clicked OR was_replied OR was_converted THEN journey_id
  END) AS engaged,
  round(engaged / nullif(journeys, 0), 6) AS engaged_rate,
  count(DISTINCT CASE WHEN was_human_clicked THEN journey_id END) AS clicked,
  round(clicked / nullif(journeys, 0), 6) AS clicked_rate,
  count(DISTINCT CASE WHEN was_converted THEN journey_id END) AS converted,
  round(converted / nullif(journeys, 0), 6) AS converted_rate,
  min(day) AS first_day,
  max(day) AS last_day
FROM deliveries
LEFT JOIN known_names AS n ON n.known_source = source
  AND n.known_kind = CASE WHEN campaign_id IS NULL THEN 'broadcast' ELSE 'campaign' END
  AND n.known_id = coalesce(campaign_id, broadcast_id)
WHERE journey_id IS NOT NULL AND was_sent
GROUP BY source, campaign_id, broadcast_id
ORDER BY source, campaign_id NULLS LAST, broadcast_id NULLS LAST;

CREATE OR REPLACE VIEW customer_engagement AS
SELECT
  d.*,
  coalesce(a.active_days, 0) AS active_days,
  a.last_active_day
FROM (
  SELECT
    person,
    count(*) FILTER (WHERE was_sent) AS sent,
  count(*) FILTER (WHERE was_delivered) AS delivered,
  round(delivered / nullif(sent, 0), 6) AS delivery_rate,
  count(*) FILTER (WHERE was_opened) AS opened,
  round(opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS open_rate,
  count(*) FILTER (WHERE was_human_opened) AS human_opened,
  round(human_opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS human_open_rate,
  count(*) FILTER (WHERE was_clicked) AS clicked,
  round(clicked / nullif(delivered, 0), 6) AS click_rate,
  count(*) FILTER (WHERE was_human_clicked) AS human_clicked,
  round(human_clicked / nullif(delivered, 0), 6) AS human_click_rate,
  count(*) FILTER (WHERE was_converted) AS converted,
  round(converted / nullif(delivered, 0), 6) AS conversion_rate,
  count(*) FILTER (WHERE was_bounced) AS bounced,
  round(bounced / nullif(sent, 0), 6) AS bounce_rate,
  count(*) FILTER (WHERE was_unsubscribed) AS unsubscribed,
  round(unsubscribed / nullif(delivered, 0), 6) AS unsubscribe_rate,
  count(*) FILTER (WHERE was_spammed) AS spammed,
  round(spammed / nullif(delivered, 0), 6) AS complaint_rate,
  count(*) FILTER (WHERE was_not_sent) AS not_sent,
    count(DISTINCT CASE WHEN was_sent THEN channel END) AS channels,
    min(day) AS first_day,
    max(day) AS last_day
  FROM deliveries
  WHERE person IS NOT NULL
  GROUP BY person
) AS d
LEFT JOIN (
  SELECT person, count(DISTINCT day) AS active_days, max(day) AS last_active_day
  FROM activity
  CROSS JOIN period
  WHERE is_human AND sent_day BETWEEN from_day AND to_day
  GROUP BY person
) AS a ON a.person = d.person
ORDER BY d.person;

CREATE OR REPLACE VIEW link_performance AS
SELECT
  c.source,
  c.channel,
  c.parent,
  c.variant,
  c.link_id,
  c.href,
  c.clicks,
  c.human_clicks,
  c.clicked,
  c.human_clicked,
  c.people,
  m.delivered,
  round(c.clicked / nullif(m.delivered, 0), 6) AS click_rate,
  round(c.human_clicked / nullif(m.delivered, 0), 6) AS human_click_rate
FROM (
  SELECT
    source,
    channel,
    parent,
    variant,
    link_id,
    href,
    count(DISTINCT event_id) AS clicks,
    count(DISTINCT CASE WHEN is_human THEN event_id END) AS human_clicks,
    count(DISTINCT delivery_id) AS clicked,
    count(DISTINCT CASE WHEN is_human THEN delivery_id END) AS human_clicked,
    count(DISTINCT CASE WHEN is_human THEN person END) AS people
  FROM activity
  CROSS JOIN period
  WHERE step = 'clicked' AND sent_day BETWEEN from_day AND to_day
  GROUP BY source, channel, parent, variant, link_id, href
) AS c
JOIN (
  SELECT source, channel, parent, variant, count(*) FILTER (WHERE was_delivered) AS delivered
  FROM deliveries
  GROUP BY source, channel, parent, variant
) AS m
  ON m.source = c.source AND m.channel = c.channel AND m.parent = c.parent
  AND m.variant IS NOT DISTINCT FROM c.variant
ORDER BY c.human_clicked DESC, c.source, c.channel, c.parent, c.variant NULLS LAST, c.link_id NULLS LAST,
  c.href NULLS LAST;

CREATE OR REPLACE VIEW recipient_domains AS
SELECT
  *,
  CASE
    WHEN domain IN ('gmail.com', 'googlemail.com') THEN 'google'
    WHEN domain IN ('aol.com', 'rocketmail.com', 'ymail.com') OR domain LIKE 'yahoo.%'
      THEN 'yahoo'
    WHEN domain IN ('msn.com', 'passport.com') OR domain LIKE 'hotmail.%'
      OR domain LIKE 'live.%' OR domain LIKE 'outlook.%' THEN 'microsoft'
    WHEN domain IN ('icloud.com', 'mac.com', 'me.com') THEN 'apple'
    ELSE 'other'
  END AS mailbox_provider
FROM (
  SELECT
    *,
    nullif(regexp_extract(coalesce(recipient, email_address), '@([^@> ]+)>?$', 1), '') AS domain
  FROM deliveries
  WHERE channel = 'email'
) AS e;

CREATE OR REPLACE VIEW recipient_domain_performance AS
SELECT
  domain,
  mailbox_provider,
  count(*) FILTER (WHERE was_sent) AS sent,
  count(*) FILTER (WHERE was_delivered) AS delivered,
  round(delivered / nullif(sent, 0), 6) AS delivery_rate,
  count(*) FILTER (WHERE was_opened) AS opened,
  round(opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS open_rate,
  count(*) FILTER (WHERE was_human_opened) AS human_opened,
  round(human_opened / nullif(count(*) FILTER (WHERE was_delivered AND reports_opens), 0), 6)
    AS human_open_rate,
  count(*) FILTER (WHERE was_clicked) AS clicked,
  round(clicked / nullif(delivered, 0), 6) AS click_rate,
  count(*) FILTER (WHERE was_human_clicked) AS human_clicked,
  round(human_clicked / nullif(delivered, 0), 6) AS human_click_rate,
  count(*) FILTER (WHERE was_converted) AS converted,
  round(converted / nullif(delivered, 0), 6) AS conversion_rate,
  count(*) FILTER (WHERE was_bounced) AS bounced,
  round(bounced / nullif(sent, 0), 6) AS bounce_rate,
  count(*) FILTER (WHERE was_unsubscribed) AS unsubscribed,
  round(unsubscribed / nullif(delivered, 0), 6) AS unsubscribe_rate,
  count(*) FILTER (WHERE was_spammed) AS spammed,
  round(spammed / nullif(delivered, 0), 6) AS complaint_rate,
  count(*) FILTER (WHERE was_not_sent) AS not_sent,
  count(DISTINCT CASE WHEN was_sent THEN person END) AS people
FROM recipient_domains
GROUP BY domain, mailbox_provider
ORDER BY sent DESC, domain NULLS LAST;

CREATE OR REPLACE VIEW time_to_open AS
SELECT
  channel,
  count(*) AS opened,
  count(*) FILTER (WHERE seconds <= 60) AS within_1_minute,
  count(*) FILTER (WHERE seconds <= 600) AS within_10_minutes,
  count(*) FILTER (WHERE seconds <= 3600) AS within_1_hour,
  count(*) FILTER (WHERE seconds <= 86400) AS within_1_day,
  count(*) FILTER (WHERE seconds > 86400) AS later,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), 1) AS median_seconds,
  round(percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds), 1) AS p90_seconds
FROM (
  SELECT channel, CAST(greatest(first_human_opened - sent_at, 0) AS DOUBLE) AS seconds
  FROM deliveries
  WHERE first_human_opened IS NOT NULL AND reports_opens
) AS opens
GROUP BY channel
ORDER BY channel;

CREATE OR REPLACE VIEW hour_of_week AS
SELECT
  CAST((floor(hours / 24) + 3) % 7 + 1 AS INT) AS weekday,
  CAST(hours % 24 AS INT) AS hour,
  channel,
  count(DISTINCT CASE WHEN kind = 'sent' THEN delivery END) AS sent,
  count(DISTINCT CASE WHEN kind = 'sent' AND was_delivered THEN delivery END) AS delivered,
  count(DISTINCT CASE WHEN kind = 'sent' AND was_human_opened THEN delivery END) AS human_opened,
  round(
    human_opened
      / nullif(
        count(DISTINCT CASE WHEN kind = 'sent' AND was_delivered AND reports_opens THEN delivery END),
        0),
    6) AS human_open_rate,
  count(DISTINCT CASE WHEN kind = 'sent' AND was_human_clicked THEN delivery END) AS human_clicked,
  round(human_clicked / nullif(delivered, 0), 6) AS human_click_rate,
  count(DISTINCT CASE WHEN kind = 'opened' THEN delivery END) AS opening,
  count(DISTINCT CASE WHEN kind = 'clicked' THEN delivery END) AS clicking
FROM (
  SELECT
    'sent' AS kind,
    channel,
    source || ' ' || delivery_id AS delivery,
    floor(sent_at / 3600) AS hours,
    was_delivered,
    was_human_opened,
    was_human_clicked,
    reports_opens
  FROM deliveries
  WHERE was_sent
  UNION ALL
  SELECT
    step AS kind,
    channel,
    source || ' ' || delivery_id AS delivery,
    floor(happened / 3600) AS hours,
    false AS was_delivered,
    false AS was_human_opened,
    false AS was_human_clicked,
    false AS reports_opens
  FROM activity
  CROSS JOIN period
  WHERE is_human AND step IN ('opened', 'clicked') AND day BETWEEN from_day AND to_day
) AS moments
GROUP BY 1, 2, channel
ORDER BY 1, 2, channel;

CREATE OR REPLACE VIEW failures AS
SELECT
  *,
  CASE
    WHEN bounce_type = 'Permanent' THEN 'hard'
    WHEN bounce_type = 'Transient' THEN 'soft'
    WHEN reason IN ('unknown_recipient', 'unknown_domain') OR status_code LIKE '5.1.%' THEN 'hard'
    WHEN reason IN ('mailbox_full', 'temporary', 'rate_limited') OR status_code LIKE '4.%'
      THEN 'soft'
    ELSE 'unknown'
  END AS severity
FROM (
  SELECT
    *,
    CASE
      WHEN bounce_subtype = 'NoEmail'
        OR error_code IN ('21211', '21614', '30005', '30006', '63003', '63024')
        THEN 'unknown_recipient'
      WHEN bounce_subtype = 'MailboxFull' THEN 'mailbox_full'
      WHEN bounce_subtype = 'MessageTooLarge' OR error_code IN ('21617', '30019') THEN 'too_large'
      WHEN bounce_subtype IN ('AttachmentRejected', 'ContentRejected')
        OR error_code IN ('30004', '30007', '30038', '30043', '30450', '63013', '63049')
        THEN 'blocked'
      WHEN bounce_subtype = 'Suppressed' THEN 'suppressed'
      WHEN error_code = '21610' THEN 'opted_out'
      WHEN error_code IN ('21611', '30001', '30022', '30026', '30027', '30454', '63018', '63038')
        THEN 'rate_limited'
      WHEN error_code IN ('30003', '30410') THEN 'temporary'
      WHEN text = '' AND error_code IS NULL AND bounce_type IS NULL AND step <> 'dropped'
        THEN 'not_stated'
      WHEN step = 'dropped' OR text LIKE '%suppress%' THEN 'suppressed'
      WHEN text LIKE '%opted out%' OR text LIKE '%unsubscribed%' THEN 'opted_out'
      WHEN status_code IN ('5.1.1', '5.1.6', '5.1.10') OR text LIKE '%user unknown%'
        OR text LIKE '%unknown user%' OR text LIKE '%no such user%'
        OR text LIKE '%does not exist%' OR text LIKE '%invalid recipient%'
        OR text LIKE '%mailbox unavailable%' OR text LIKE '%no mailbox%' THEN 'unknown_recipient'
      WHEN status_code IN ('5.1.2', '5.4.4') OR text LIKE '%domain not found%'
        OR text LIKE '%host not found%' OR text LIKE '%nxdomain%' OR text LIKE '%no mx%'
        THEN 'unknown_domain'
      WHEN status_code IN ('4.2.2', '5.2.2') OR text LIKE '%mailbox full%'
        OR text LIKE '%mailbox is full%' OR text LIKE '%quota%' THEN 'mailbox_full'
      WHEN status_code LIKE '_.7.%' OR text LIKE '%spam%' OR text LIKE '%blocked%'
        OR text LIKE '%blacklist%' OR text LIKE '%blocklist%' OR text LIKE '%reputation%'
        OR text LIKE '%policy%' THEN 'blocked'
      WHEN status_code IN ('5.2.3', '5.3.4') OR text LIKE '%too large%' THEN 'too_large'
      WHEN text LIKE '%rate limit%' OR text LIKE '%throttl%' OR text LIKE '%too many%'
        OR text LIKE '%message limit%' THEN 'rate_limited'
      WHEN status_code LIKE '4.%' OR text LIKE '%timeout%' OR text LIKE '%timed out%'
        OR text LIKE '%unreachable%' OR text LIKE '%try again%' OR text LIKE '%temporar%'
        OR text LIKE '%greylist%' THEN 'temporary'
      ELSE 'other'
    END AS reason
  FROM (
    SELECT
      e.channel,
      e.source,
      e.event_id,
      e.delivery_id,
      e.step,
      e.day,
      e.failure_message,
      e.bounce_type,
      e.bounce_subtype,
      coalesce(e.cio_id, e.person_id, e.customer_id, e.email_address, e.recipient) AS person,
      lower(trim(coalesce(e.failure_message, ''))) AS text,
      nullif(
        regexp_extract(
          ' ' || coalesce(e.failure_message, '') || ' ',
          '[^0-9.]([245][.][0-9]{1,3}[.][0-9]{1,3})[^0-9.]',
          1),
        '') AS status_code,
      coalesce(
        nullif(trim(e.error_code), ''),
        CASE
          WHEN e.channel IN ('sms', 'whatsapp') THEN nullif(
            regexp_extract(
              ' ' || coalesce(e.failure_message, '') || ' ', '[^0-9]([1-6][0-9]{4})[^0-9]', 1),
            '')
        END) AS error_code
    FROM distinct_events AS e
    WHERE e.delivery_id IS NOT NULL
      AND e.step IN ('attempted', 'bounced', 'deferred', 'dropped', 'failed', 'undeliverable')
  ) AS failed
) AS reasoned;

CREATE OR REPLACE VIEW error_summary AS
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
ORDER BY day, source, channel, metric, reason;

CREATE OR REPLACE VIEW bounce_reasons AS
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
ORDER BY r.channel, deliveries DESC, r.reason, r.status_code NULLS LAST;

CREATE OR REPLACE VIEW unsubscribe_and_complaint_rates AS
SELECT
  mailbox_provider,
  count(*) FILTER (WHERE was_sent) AS sent,
  count(*) FILTER (WHERE was_delivered) AS delivered,
  count(*) FILTER (WHERE was_unsubscribed) AS unsubscribed,
  round(unsubscribed / nullif(delivered, 0), 6) AS unsubscribe_rate,
  count(*) FILTER (WHERE was_spammed) AS spammed,
  round(spammed / nullif(delivered, 0), 6) AS complaint_rate,
  CAST(0.001 AS DOUBLE) AS complaint_watch,
  CAST(0.003 AS DOUBLE) AS complaint_limit,
  CASE
    WHEN delivered = 0 THEN NULL
    WHEN spammed = 0 AND mailbox_provider IN ('apple', 'google') THEN 'not_reported'
    WHEN complaint_rate >= complaint_limit THEN 'over'
    WHEN complaint_rate >= complaint_watch THEN 'watch'
    ELSE 'ok'
  END AS complaint_status
FROM recipient_domains
GROUP BY mailbox_provider
ORDER BY mailbox_provider;

CREATE OR REPLACE VIEW sms_deliveries AS
SELECT
  *,
  nullif(
    regexp_extract(
      recipient,
      '^[+](1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{3})',
      1),
    '') AS calling_code
FROM deliveries
WHERE channel = 'sms';

CREATE OR REPLACE VIEW sms_errors AS
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
ORDER BY deliveries DESC, d.calling_code NULLS LAST, f.error_code NULLS LAST, f.step;

CREATE OR REPLACE VIEW lead_times AS
SELECT
  source,
  lead_id,
  status,
  first_day,
  is_deal,
  is_enriched,
  CASE WHEN second_at IS NOT NULL THEN CAST(greatest(second_at - first_at, 0) AS DOUBLE) END
    AS seconds_to_update,
  CASE WHEN closed_at IS NOT NULL THEN CAST(greatest(closed_at - first_at, 0) AS DOUBLE) END
    AS seconds_to_close,
  CASE WHEN enriched_at IS NOT NULL THEN CAST(greatest(enriched_at - first_at, 0) AS DOUBLE) END
    AS seconds_to_enrichment
FROM (
  SELECT
    source,
    lead_id,
    max(CASE WHEN told AND from_last = 1 THEN status END) AS status,
    min(CASE WHEN told THEN event_date END) AS first_day,
    min(CASE WHEN told THEN timestamp END) AS first_at,
    min(CASE WHEN told AND nth = 2 THEN timestamp END) AS second_at,
    min(CASE WHEN told AND metric = 'closed' THEN timestamp END) AS closed_at,
    min(CASE WHEN NOT told THEN timestamp END) AS enriched_at,
    coalesce(max(CASE WHEN deal_done THEN 1 END), 0) = 1 AS is_deal,
    coalesce(max(CASE WHEN NOT told AND metric = 'enriched' THEN 1 END), 0) = 1 AS is_enriched
  FROM (
    SELECT
      *,
      row_number() OVER (
        PARTITION BY source, lead_id, told ORDER BY timestamp, event_id) AS nth,
      row_number() OVER (
        PARTITION BY source, lead_id, told
        ORDER BY CASE WHEN status IS NULL THEN 1 ELSE 0 END, timestamp DESC, event_id DESC)
        AS from_last
    FROM (
      -- Told twice with the same id it is one event.
      SELECT DISTINCT
        source,
        lead_id,
        event_id,
        object_type <> 'lead_enrichment' AS told,
        metric,
        timestamp,
        event_date,
        status,
        deal_done
      FROM lead_events
      WHERE lead_id IS NOT NULL
    ) AS events_once
  ) AS numbered
  GROUP BY source, lead_id
) AS leads
WHERE first_at IS NOT NULL;

CREATE OR REPLACE VIEW lead_states AS
SELECT
  l.status,
  l.source,
  count(*) AS leads,
  round(count(*) / max(t.leads), 6) AS share,
  count(l.seconds_to_update) AS updated,
  count(l.seconds_to_close) AS closed,
  count(CASE WHEN l.is_deal THEN 1 END) AS deals,
  count(l.seconds_to_enrichment) AS enrichments_ended,
  count(CASE WHEN l.is_enriched THEN 1 END) AS enriched,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.seconds_to_update), 1)
    AS median_seconds_to_update,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.seconds_to_close), 1)
    AS median_seconds_to_close,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.seconds_to_enrichment), 1)
    AS median_seconds_to_enrichment
FROM lead_times AS l
CROSS JOIN period AS p
JOIN (
  SELECT source, count(*) AS leads
  FROM lead_times
  CROSS JOIN period
  WHERE first_day BETWEEN from_day AND to_day
  GROUP BY source
) AS t ON t.source = l.source
WHERE l.first_day BETWEEN p.from_day AND p.to_day
GROUP BY l.status, l.source
ORDER BY leads DESC, l.status NULLS LAST, l.source;
