-- name: delivery_facts
-- kind: base
-- title: What is known of each delivery
-- question: When did each thing first happen to a delivery?
-- note: One row a delivery: a message to one person, named by channel, source and delivery_id. What people write to us (received) is none.
-- note: Every measure is a minimum or maximum. So a repeated, late or reordered event changes nothing it should not, and facts of new events can be merged into facts of old ones.
-- uses: events
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
GROUP BY channel, source, delivery_id
