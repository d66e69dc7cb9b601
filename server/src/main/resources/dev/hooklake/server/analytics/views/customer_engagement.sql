-- name: customer_engagement
-- kind: report
-- title: People and how they engage
-- question: Who reads, who does not, and when was each last seen?
-- note: A person is cio_id, else person_id, else customer_id, else the address, else the recipient. Deliveries that name nobody are left out.
-- column: person  The person, by the best identifier the events carry
-- columns: delivery_measures
-- column: channels  Channels the person was sent a message through
-- column: first_day  UTC day of the first delivery
-- column: last_day  UTC day of the last delivery
-- column: active_days  UTC days on which the person opened, clicked, replied or converted
-- column: last_active_day  The last of them; null for somebody who never did
-- uses: deliveries, activity, period
SELECT
  d.*,
  coalesce(a.active_days, 0) AS active_days,
  a.last_active_day
FROM (
  SELECT
    person,
    ${delivery_measures},
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
ORDER BY d.person
