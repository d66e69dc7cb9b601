-- name: recipient_domains
-- kind: base
-- title: The e-mails of the period with the recipient's domain
-- question: Whose mail system received each e-mail?
-- note: The domain is what follows the last @ of the recipient, in lower case. Mailbox providers are told by their own domains only: a company's domain that a provider hosts is other.
-- uses: deliveries
SELECT
  *,
  CASE
    WHEN domain IN ('gmail.com', 'googlemail.com') THEN 'google'
    WHEN domain IN ('aol.com', 'rocketmail.com', 'ymail.com') OR domain LIKE 'yahoo.%'
      THEN 'yahoo'
    WHEN domain IN ('msn.com', 'passport.com') OR domain LIKE 'hotmail.%'
      OR domain LIKE 'live.%' OR domain LIKE 'outlook.%' THEN 'microsoft'
    WHEN domain IN ('icloud.com', 'mac.com', 'me.com') THEN 'apple'
    ELSE 'other'
  END AS mailbox_provider
FROM (
  SELECT
    *,
    nullif(regexp_extract(coalesce(recipient, email_address), '@([^@> ]+)>?$', 1), '') AS domain
  FROM deliveries
  WHERE channel = 'email'
) AS e
