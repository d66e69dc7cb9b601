-- name: failures
-- kind: base
-- title: Events that say why a message did not arrive
-- question: What went wrong, in words that can be grouped?
-- note: The reason is told from the text: no provider sends one of its own for every failure. The first rule that fits wins.
-- note: A status code is the enhanced mail status (RFC 3463) in the text, for example 5.1.1. A failure is hard when the code starts with 5.1 or the reason is an unknown recipient or domain, soft for codes that start with 4 and for reasons that pass by themselves.
-- note: The error code is the number of five digits in the text, as Twilio and others count their errors.
-- uses: events
SELECT
  *,
  CASE
    WHEN reason IN ('unknown_recipient', 'unknown_domain') OR status_code LIKE '5.1.%' THEN 'hard'
    WHEN reason IN ('mailbox_full', 'temporary', 'rate_limited') OR status_code LIKE '4.%'
      THEN 'soft'
    ELSE 'unknown'
  END AS severity
FROM (
  SELECT
    *,
    CASE
      WHEN text = '' THEN 'not_stated'
      WHEN step = 'dropped' OR text LIKE '%suppress%' THEN 'suppressed'
      WHEN text LIKE '%opted out%' OR text LIKE '%unsubscribed%' THEN 'opted_out'
      WHEN status_code IN ('5.1.1', '5.1.6', '5.1.10') OR text LIKE '%user unknown%'
        OR text LIKE '%unknown user%' OR text LIKE '%no such user%'
        OR text LIKE '%does not exist%' OR text LIKE '%invalid recipient%'
        OR text LIKE '%mailbox unavailable%' OR text LIKE '%no mailbox%' THEN 'unknown_recipient'
      WHEN status_code IN ('5.1.2', '5.4.4') OR text LIKE '%domain not found%'
        OR text LIKE '%host not found%' OR text LIKE '%nxdomain%' OR text LIKE '%no mx%'
        THEN 'unknown_domain'
      WHEN status_code IN ('4.2.2', '5.2.2') OR text LIKE '%mailbox full%'
        OR text LIKE '%mailbox is full%' OR text LIKE '%quota%' THEN 'mailbox_full'
      WHEN status_code LIKE '_.7.%' OR text LIKE '%spam%' OR text LIKE '%blocked%'
        OR text LIKE '%blacklist%' OR text LIKE '%blocklist%' OR text LIKE '%reputation%'
        OR text LIKE '%policy%' THEN 'blocked'
      WHEN status_code IN ('5.2.3', '5.3.4') OR text LIKE '%too large%' THEN 'too_large'
      WHEN text LIKE '%rate limit%' OR text LIKE '%throttl%' OR text LIKE '%too many%'
        OR text LIKE '%message limit%' THEN 'rate_limited'
      WHEN status_code LIKE '4.%' OR text LIKE '%timeout%' OR text LIKE '%timed out%'
        OR text LIKE '%unreachable%' OR text LIKE '%try again%' OR text LIKE '%temporar%' OR text LIKE '%greylist%'
        THEN 'temporary'
      ELSE 'other'
    END AS reason
  FROM (
    SELECT
      e.*,
      coalesce(e.cio_id, e.person_id, e.customer_id, e.email_address, e.recipient) AS person,
      lower(trim(coalesce(e.failure_message, ''))) AS text,
      nullif(
        regexp_extract(
          ' ' || coalesce(e.failure_message, '') || ' ',
          '[^0-9.]([245][.][0-9]{1,3}[.][0-9]{1,3})[^0-9.]',
          1),
        '') AS status_code,
      nullif(
        regexp_extract(
          ' ' || coalesce(e.failure_message, '') || ' ', '[^0-9]([1-6][0-9]{4})[^0-9]', 1),
        '') AS error_code
    FROM events AS e
    WHERE e.step IN ('attempted', 'bounced', 'deferred', 'dropped', 'failed', 'undeliverable')
  ) AS failed
) AS reasoned
