-- name: funnel
-- kind: report
-- title: Funnel by day of sending
-- question: Of what was sent on a day, how much was delivered, opened, clicked and converted?
-- note: A row covers the deliveries sent on that UTC day in one channel and whatever happened to them since. Each rate is over the step before it and cannot pass 100 %.
-- note: Channels that report no opens (sms, slack, webhook) have 0 opened and no rates of opens; their clicks are over delivered.
-- column: day  UTC day of sending
-- column: channel  Channel
-- column: sent  Deliveries that were sent
-- column: delivered  Of those, delivered
-- column: delivery_rate  delivered / sent
-- column: opened  Opened by anybody or anything, or clicked
-- column: open_rate  opened / delivered
-- column: human_opened  Opened or clicked by a person
-- column: human_open_rate  human_opened / delivered
-- column: clicked  Clicked by anybody or anything
-- column: click_rate  clicked / opened; over delivered in channels that report no opens
-- column: human_clicked  Clicked by a person
-- column: human_click_rate  human_clicked / human_opened; over delivered in channels that report no opens
-- column: converted  With a conversion, clicked or not
-- column: conversion_rate  converted / delivered
-- column: converted_after_click  With a conversion and a person's click
-- column: click_conversion_rate  converted_after_click / human_clicked
-- uses: deliveries
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
ORDER BY day, channel
