-- name: recipient_domain_performance
-- kind: report
-- title: E-mail by recipient domain
-- question: Where are e-mails refused, ignored or read?
-- note: Counts the e-mails sent in the period and whatever happened to them since.
-- column: domain  Domain of the recipient, in lower case; null where no address is known
-- column: mailbox_provider  google, yahoo, microsoft or apple by their own domains, else other
-- columns: delivery_measures
-- column: people  Distinct people it was sent to
-- uses: recipient_domains
SELECT
  domain,
  mailbox_provider,
  ${delivery_measures},
  count(DISTINCT CASE WHEN was_sent THEN person END) AS people
FROM recipient_domains
GROUP BY domain, mailbox_provider
ORDER BY sent DESC, domain NULLS LAST
