-- name: time_to_open
-- kind: report
-- title: Time from sending to opening
-- question: How long does it take until a person opens?
-- note: From sending to the first open of a person, for deliveries that have one; machine, prefetched and deduced opens say nothing about people and are left out. An open stamped before the sending counts as 0 seconds.
-- column: channel  Channel
-- column: opened  Deliveries with a person's open
-- column: within_1_minute  Of those, opened within 60 seconds
-- column: within_10_minutes  Within 600 seconds, the former included
-- column: within_1_hour  Within 3,600 seconds, the former included
-- column: within_1_day  Within 86,400 seconds, the former included
-- column: later  After more than a day
-- column: median_seconds  Half of them were opened by then
-- column: p90_seconds  Nine in ten of them were opened by then
-- uses: deliveries
SELECT
  channel,
  count(*) AS opened,
  count(*) FILTER (WHERE seconds <= 60) AS within_1_minute,
  count(*) FILTER (WHERE seconds <= 600) AS within_10_minutes,
  count(*) FILTER (WHERE seconds <= 3600) AS within_1_hour,
  count(*) FILTER (WHERE seconds <= 86400) AS within_1_day,
  count(*) FILTER (WHERE seconds > 86400) AS later,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), 1) AS median_seconds,
  round(percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds), 1) AS p90_seconds
FROM (
  SELECT channel, CAST(greatest(first_human_opened - sent_at, 0) AS DOUBLE) AS seconds
  FROM deliveries
  WHERE first_human_opened IS NOT NULL AND reports_opens
) AS opens
GROUP BY channel
ORDER BY channel
