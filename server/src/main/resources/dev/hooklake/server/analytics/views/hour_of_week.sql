-- name: hour_of_week
-- kind: report
-- title: Hours of the week
-- question: When are messages sent, when do people read, and which hour of sending does best?
-- note: Hours and weekdays are UTC. Hours in which nothing was sent and nobody did anything are left out.
-- column: weekday  1 is Monday, 7 is Sunday
-- column: hour  0 to 23
-- column: channel  Channel
-- column: sent  Deliveries sent in this hour of the week
-- column: delivered  Of those, delivered
-- column: human_opened  Of those, opened by a person at any time later
-- column: human_open_rate  human_opened / delivered
-- column: human_clicked  Of those sent in this hour, clicked by a person at any time later
-- column: human_click_rate  human_clicked / delivered
-- column: opening  Deliveries, whenever sent, that a person opened in this hour of the week
-- column: clicking  Deliveries, whenever sent, that a person clicked in this hour of the week
-- uses: deliveries, activity, period
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
ORDER BY 1, 2, channel
