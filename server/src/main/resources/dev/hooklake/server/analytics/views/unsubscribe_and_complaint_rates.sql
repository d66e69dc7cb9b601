-- name: unsubscribe_and_complaint_rates
-- kind: report
-- title: Unsubscribes and complaints by mailbox provider
-- question: Are we near the complaint rates at which mailbox providers stop taking our mail?
-- note: Google and Yahoo ask senders to stay under 0.1 % spam reports and to never reach 0.3 %; the same two lines are drawn for everybody. No mailbox provider publishes a line for unsubscribes, so that rate has none.
-- note: Google and Apple do not tell senders which mails were reported: no complaint event can come from there, and 0 means unknown. Look at Google's own Postmaster Tools.
-- column: mailbox_provider  google, yahoo, microsoft or apple by their own domains, else other
-- column: sent  E-mails sent
-- column: delivered  Of those, delivered
-- column: unsubscribed  E-mails through which a person unsubscribed
-- column: unsubscribe_rate  unsubscribed / delivered
-- column: spammed  E-mails reported as spam
-- column: complaint_rate  spammed / delivered
-- column: complaint_watch  The rate to stay under: 0.001
-- column: complaint_limit  The rate never to reach: 0.003
-- column: complaint_status  ok, watch (at or over the first line), over (at or over the second); not_reported where the provider does not report complaints and none came; null when nothing was delivered
-- uses: recipient_domains
SELECT
  mailbox_provider,
  count(*) FILTER (WHERE was_sent) AS sent,
  count(*) FILTER (WHERE was_delivered) AS delivered,
  count(*) FILTER (WHERE was_unsubscribed) AS unsubscribed,
  round(unsubscribed / nullif(delivered, 0), 6) AS unsubscribe_rate,
  count(*) FILTER (WHERE was_spammed) AS spammed,
  round(spammed / nullif(delivered, 0), 6) AS complaint_rate,
  CAST(0.001 AS DOUBLE) AS complaint_watch,
  CAST(0.003 AS DOUBLE) AS complaint_limit,
  CASE
    WHEN delivered = 0 THEN NULL
    WHEN spammed = 0 AND mailbox_provider IN ('apple', 'google') THEN 'not_reported'
    WHEN complaint_rate >= complaint_limit THEN 'over'
    WHEN complaint_rate >= complaint_watch THEN 'watch'
    ELSE 'ok'
  END AS complaint_status
FROM recipient_domains
GROUP BY mailbox_provider
ORDER BY mailbox_provider
