-- name: lead_times
-- kind: base
-- title: Every lead, with its state and its times
-- question: What became of each lead, and when?
-- note: One row a lead of which the CRM told at least once. Seconds are from its first event on.
SELECT
  source,
  lead_id,
  status,
  first_day,
  is_deal,
  is_enriched,
  CASE WHEN second_at IS NOT NULL THEN CAST(greatest(second_at - first_at, 0) AS DOUBLE) END
    AS seconds_to_update,
  CASE WHEN closed_at IS NOT NULL THEN CAST(greatest(closed_at - first_at, 0) AS DOUBLE) END
    AS seconds_to_close,
  CASE WHEN enriched_at IS NOT NULL THEN CAST(greatest(enriched_at - first_at, 0) AS DOUBLE) END
    AS seconds_to_enrichment
FROM (
  SELECT
    source,
    lead_id,
    max(CASE WHEN told AND from_last = 1 THEN status END) AS status,
    min(CASE WHEN told THEN event_date END) AS first_day,
    min(CASE WHEN told THEN timestamp END) AS first_at,
    min(CASE WHEN told AND nth = 2 THEN timestamp END) AS second_at,
    min(CASE WHEN told AND metric = 'closed' THEN timestamp END) AS closed_at,
    min(CASE WHEN NOT told THEN timestamp END) AS enriched_at,
    coalesce(max(CASE WHEN deal_done THEN 1 END), 0) = 1 AS is_deal,
    coalesce(max(CASE WHEN NOT told AND metric = 'enriched' THEN 1 END), 0) = 1 AS is_enriched
  FROM (
    SELECT
      *,
      row_number() OVER (
        PARTITION BY source, lead_id, told ORDER BY timestamp, event_id) AS nth,
      row_number() OVER (
        PARTITION BY source, lead_id, told
        ORDER BY CASE WHEN status IS NULL THEN 1 ELSE 0 END, timestamp DESC, event_id DESC)
        AS from_last
    FROM (
      -- Told twice with the same id it is one event.
      SELECT DISTINCT
        source,
        lead_id,
        event_id,
        object_type <> 'lead_enrichment' AS told,
        metric,
        timestamp,
        event_date,
        status,
        deal_done
      FROM lead_events
      WHERE lead_id IS NOT NULL
    ) AS events_once
  ) AS numbered
  GROUP BY source, lead_id
) AS leads
WHERE first_at IS NOT NULL
