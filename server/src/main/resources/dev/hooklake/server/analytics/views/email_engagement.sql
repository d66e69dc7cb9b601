-- name: email_engagement
-- kind: report
-- title: E-mail engagement by day
-- question: How did the e-mails sent each day do, with people and machines apart?
-- note: A row covers the e-mails sent on that UTC day and whatever happened to them since, on any day. So a rate compares a set with a part of itself and cannot pass 100 %, and the last days still grow.
-- column: day  UTC day the e-mails were sent
-- columns: delivery_measures
-- column: prefetched_opened  Deliveries a mail system fetched unread (the provider's flag prefetched)
-- column: proxied_opened  Deliveries opened through a proxy that hides the reader; counted as people
-- column: synthetic_opened  Deliveries with an open the provider deduced from a click
-- column: machine_clicked  Deliveries whose link a machine followed (the provider's flag machine)
-- column: hasty_clicked  Deliveries with an unflagged click less than 10 seconds after the delivery, or before it
-- uses: deliveries
SELECT
  day,
  ${delivery_measures},
  count(*) FILTER (WHERE first_prefetched IS NOT NULL) AS prefetched_opened,
  count(*) FILTER (WHERE first_proxied IS NOT NULL) AS proxied_opened,
  count(*) FILTER (WHERE first_synthetic IS NOT NULL) AS synthetic_opened,
  count(*) FILTER (WHERE first_machine_clicked IS NOT NULL) AS machine_clicked,
  count(*) FILTER (WHERE was_hasty_clicked) AS hasty_clicked
FROM deliveries
WHERE channel = 'email'
GROUP BY day
ORDER BY day
