-- name: campaign_performance
-- kind: report
-- title: Campaigns
-- question: How does each campaign do?
-- note: Counts the deliveries sent in the period and whatever happened to them since.
-- column: source  Source, that is the account or workspace; its numbers are its own
-- column: campaign_id  Campaign (in the user interface: automation)
-- column: campaign_name  Its name, where the provider was asked for names
-- column: channel  Channel; a row each
-- columns: delivery_measures
-- column: people  Distinct people it was sent to
-- column: first_day  UTC day of the first delivery
-- column: last_day  UTC day of the last delivery
-- uses: deliveries, known_names
SELECT
  source,
  campaign_id,
  max(n.known_name) AS campaign_name,
  channel,
  ${delivery_measures},
  count(DISTINCT CASE WHEN was_sent THEN person END) AS people,
  min(day) AS first_day,
  max(day) AS last_day
FROM deliveries
LEFT JOIN known_names AS n ON n.known_source = source
  AND n.known_kind = 'campaign' AND n.known_id = campaign_id
WHERE campaign_id IS NOT NULL
GROUP BY source, campaign_id, channel
ORDER BY source, campaign_id, channel
