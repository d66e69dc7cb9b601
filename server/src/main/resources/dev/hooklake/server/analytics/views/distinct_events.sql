-- name: distinct_events
-- kind: base
-- title: Every event, told once
-- question: What happened, counted once where it was told twice?
-- note: An event that was fetched from the provider's API is left out when a webhook told of the same: same delivery, same step, by a machine or not. Everything else is here as it is in events.
-- uses: events
-- Not IS DISTINCT FROM: DuckDB 1.5 loses every row of it where the column is all null.
SELECT *
FROM events
WHERE coalesce(origin, 'webhook') <> 'backfill'
UNION ALL
SELECT f.*
FROM events AS f
WHERE f.origin = 'backfill' AND NOT EXISTS (
  SELECT 1
  FROM events AS w
  WHERE coalesce(w.origin, 'webhook') <> 'backfill'
    AND w.channel = f.channel AND w.source = f.source AND w.delivery_id = f.delivery_id
    AND w.step = f.step AND w.is_machine = f.is_machine)
