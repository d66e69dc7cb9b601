-- name: journey_performance
-- kind: report
-- title: Journeys through campaigns and broadcasts
-- question: Of the people on their way through a campaign, how many read, act and convert?
-- note: A journey is one person's path through a campaign or broadcast (journey_id). Rates are over distinct journeys that were sent at least one message, whatever the channel.
-- column: source  Source, that is the account or workspace; its numbers are its own
-- column: campaign_id  Campaign; null for a broadcast
-- column: broadcast_id  Broadcast; null for a campaign
-- column: name  Name of the campaign or broadcast, where the provider was asked for names
-- column: journeys  Distinct journeys that were sent a message
-- column: messages  Deliveries sent in them
-- column: messages_per_journey  messages / journeys
-- column: steps  Distinct workflow items that sent them
-- column: reached  Journeys with a delivered message
-- column: reached_rate  reached / journeys
-- column: engaged  Journeys in which a person opened, clicked, replied or converted
-- column: engaged_rate  engaged / journeys
-- column: clicked  Journeys in which a person clicked
-- column: clicked_rate  clicked / journeys
-- column: converted  Journeys with a conversion
-- column: converted_rate  converted / journeys
-- column: first_day  UTC day of the first delivery
-- column: last_day  UTC day of the last delivery
-- uses: deliveries, known_names
SELECT
  source,
  campaign_id,
  broadcast_id,
  max(n.known_name) AS name,
  count(DISTINCT journey_id) AS journeys,
  count(*) AS messages,
  round(messages / nullif(journeys, 0), 6) AS messages_per_journey,
  count(DISTINCT action_id) AS steps,
  count(DISTINCT CASE WHEN was_delivered THEN journey_id END) AS reached,
  round(reached / nullif(journeys, 0), 6) AS reached_rate,
  count(DISTINCT CASE
    WHEN was_human_opened OR was_human_clicked OR was_replied OR was_converted THEN journey_id
  END) AS engaged,
  round(engaged / nullif(journeys, 0), 6) AS engaged_rate,
  count(DISTINCT CASE WHEN was_human_clicked THEN journey_id END) AS clicked,
  round(clicked / nullif(journeys, 0), 6) AS clicked_rate,
  count(DISTINCT CASE WHEN was_converted THEN journey_id END) AS converted,
  round(converted / nullif(journeys, 0), 6) AS converted_rate,
  min(day) AS first_day,
  max(day) AS last_day
FROM deliveries
LEFT JOIN known_names AS n ON n.known_source = source
  AND n.known_kind = CASE WHEN campaign_id IS NULL THEN 'broadcast' ELSE 'campaign' END
  AND n.known_id = coalesce(campaign_id, broadcast_id)
WHERE journey_id IS NOT NULL AND was_sent
GROUP BY source, campaign_id, broadcast_id
ORDER BY source, campaign_id NULLS LAST, broadcast_id NULLS LAST
