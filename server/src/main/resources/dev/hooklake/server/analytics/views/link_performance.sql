-- name: link_performance
-- kind: report
-- title: Links
-- question: Which links of a message do people follow?
-- note: A link is named by its message (parent and variant), link_id and href together: link_id alone is unique only within a message.
-- note: Counts the deliveries sent in the period and their clicks whenever they came.
-- column: source  Source, that is the account or workspace; its numbers are its own
-- column: channel  Channel
-- column: parent  campaign, broadcast, newsletter or transactional message with its number; none where the events do not name it
-- column: variant  Workflow item (action_id) or newsletter variant (content_id)
-- column: link_id  Number of the link within the message
-- column: href  Where it leads
-- column: clicks  Distinct click events, by anybody or anything
-- column: human_clicks  Of those, a person's: neither flagged as a machine's nor hasty
-- column: clicked  Distinct deliveries in which it was clicked
-- column: human_clicked  Distinct deliveries in which a person clicked it
-- column: people  Distinct people who clicked it themselves
-- column: delivered  Deliveries of the message that were delivered
-- column: click_rate  clicked / delivered
-- column: human_click_rate  human_clicked / delivered
-- uses: activity, deliveries, period
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
  c.href NULLS LAST
