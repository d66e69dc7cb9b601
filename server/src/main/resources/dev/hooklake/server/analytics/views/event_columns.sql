-- name: event_columns
-- kind: fragment
-- title: What every channel table has
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
  origin
