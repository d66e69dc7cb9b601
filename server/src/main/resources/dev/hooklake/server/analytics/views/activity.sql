-- name: activity
-- kind: base
-- title: What was done with deliveries, event by event
-- question: Which events of deliveries were a person's doing?
-- note: is_human says that a person opened, clicked, replied or converted, by the rules of all_deliveries.
-- uses: distinct_events, all_deliveries
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
  ON d.channel = e.channel AND d.source = e.source AND d.delivery_id = e.delivery_id
