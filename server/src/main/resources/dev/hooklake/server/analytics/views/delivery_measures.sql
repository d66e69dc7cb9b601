-- name: delivery_measures
-- kind: fragment
-- title: The counts and rates that most reports share
-- column: sent  Deliveries that were sent: there is a sent event, or a later one that proves it
-- column: delivered  Of those, delivered: a delivered event, or proof by a later one; in channels that report no delivery (in_app, slack, webhook) what was sent and not refused
-- column: delivery_rate  delivered / sent
-- column: opened  Deliveries opened by anybody or anything, or clicked; only in channels that report opens (email, push, in_app, whatsapp)
-- column: open_rate  opened / delivered
-- column: human_opened  Deliveries a person opened or clicked: no machine, prefetched or synthetic open alone, no hasty click alone
-- column: human_open_rate  human_opened / delivered
-- column: clicked  Deliveries clicked by anybody or anything
-- column: click_rate  clicked / delivered
-- column: human_clicked  Deliveries a person clicked: no machine and no hasty click alone
-- column: human_click_rate  human_clicked / delivered
-- column: converted  Deliveries with a conversion
-- column: conversion_rate  converted / delivered
-- column: bounced  Deliveries that came back, also after they had been delivered
-- column: bounce_rate  bounced / sent
-- column: unsubscribed  Deliveries through which a person unsubscribed
-- column: unsubscribe_rate  unsubscribed / delivered
-- column: spammed  Deliveries reported as spam
-- column: complaint_rate  spammed / delivered
-- column: not_sent  Deliveries dropped, failed or undeliverable before they were sent; in no rate
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
  count(*) FILTER (WHERE was_not_sent) AS not_sent
