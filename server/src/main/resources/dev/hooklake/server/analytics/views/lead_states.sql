-- name: lead_states
-- kind: report
-- title: Leads by state, and how long they take
-- question: How far have the leads come that arrived, and how long did each step take?
-- note: Leads of which the first event fell into the period, with all that was told of them since, whenever it came. Times are from that first event on, as the CRM stamps it; an event stamped before it counts as 0 seconds.
-- column: status  Newest state that the CRM told, in its word; null where it told none
-- column: source  Configured name of the source
-- column: leads  Distinct leads
-- column: share  leads / leads of the source
-- column: updated  Leads of which the CRM told a second time
-- column: closed  Leads that were closed
-- column: deals  Leads whose deal was done
-- column: enrichments_ended  Leads of which an enrichment has ended, however
-- column: enriched  Of those, leads that were enriched
-- column: median_seconds_to_update  Half of updated were told of again by then
-- column: median_seconds_to_close  Half of closed were closed by then
-- column: median_seconds_to_enrichment  Half of enrichments_ended had ended by then
-- uses: lead_times, period
SELECT
  l.status,
  l.source,
  count(*) AS leads,
  round(count(*) / max(t.leads), 6) AS share,
  count(l.seconds_to_update) AS updated,
  count(l.seconds_to_close) AS closed,
  count(CASE WHEN l.is_deal THEN 1 END) AS deals,
  count(l.seconds_to_enrichment) AS enrichments_ended,
  count(CASE WHEN l.is_enriched THEN 1 END) AS enriched,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.seconds_to_update), 1)
    AS median_seconds_to_update,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.seconds_to_close), 1)
    AS median_seconds_to_close,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY l.seconds_to_enrichment), 1)
    AS median_seconds_to_enrichment
FROM lead_times AS l
CROSS JOIN period AS p
JOIN (
  SELECT source, count(*) AS leads
  FROM lead_times
  CROSS JOIN period
  WHERE first_day BETWEEN from_day AND to_day
  GROUP BY source
) AS t ON t.source = l.source
WHERE l.first_day BETWEEN p.from_day AND p.to_day
GROUP BY l.status, l.source
ORDER BY leads DESC, l.status NULLS LAST, l.source
