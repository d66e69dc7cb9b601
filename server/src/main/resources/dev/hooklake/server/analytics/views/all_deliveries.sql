-- name: all_deliveries
-- kind: base
-- title: What became of each delivery
-- question: How far did each delivery get, and was it a person who read it?
-- note: A later step proves the earlier ones, so an event that is missing or not yet here cannot push a rate above 100 %: what was opened was delivered, what was delivered was sent.
-- note: A click of an e-mail is hasty, and not a person's, when it comes less than 10 seconds after the delivery, or before it: link scanners follow every link while the mail is being accepted. Without a delivered event the sent event counts.
-- note: A person opened what has an open that is neither by a machine nor prefetched nor deduced (synthetic), or what a person clicked. A proxied open is a person's: the proxy hides the reader, it is no proof against one.
-- note: day is the UTC day the delivery was sent; of what was never sent, the day of its first event.
-- note: The person is cio_id, else person_id, else customer_id, else the address, else the recipient.
-- uses: delivery_facts
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
) AS timed
