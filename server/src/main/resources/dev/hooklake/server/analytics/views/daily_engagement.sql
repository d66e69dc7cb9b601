-- name: daily_engagement
-- kind: report
-- title: Engagement by day and channel
-- question: What was done on each day, and by how many people?
-- note: By the UTC day on which things happened, unlike email_engagement and funnel. What is opened today was mostly sent before, so there is no open rate here: it would compare two different sets and could pass 100 %.
-- note: Each delivery counts once a day and column, however often the event came.
-- column: day  UTC day the events happened
-- column: channel  Channel
-- column: sent  Distinct deliveries with a sent event that day
-- column: delivered  Distinct deliveries with a delivered event that day
-- column: opened  Distinct deliveries opened that day by anybody or anything
-- column: human_opened  Distinct deliveries with an open that day that is neither a machine's nor prefetched nor deduced
-- column: clicked  Distinct deliveries clicked that day by anybody or anything
-- column: human_clicked  Distinct deliveries clicked that day by a person: neither flagged nor hasty
-- column: converted  Distinct deliveries with a conversion that day
-- column: replied  Distinct deliveries answered that day
-- column: bounced  Distinct deliveries that came back that day
-- column: unsubscribed  Distinct deliveries through which somebody unsubscribed that day
-- column: spammed  Distinct deliveries reported as spam that day
-- column: people  Distinct people with any event that day
-- column: engaged_people  Of those, people who opened, clicked, replied or converted themselves
-- column: engaged_people_rate  engaged_people / people
-- uses: activity, period
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
ORDER BY day, channel
