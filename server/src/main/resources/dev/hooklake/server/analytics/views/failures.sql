-- name: failures
-- kind: base
-- title: Events that say why a message did not arrive
-- question: What went wrong, in words that can be grouped?
-- note: The reason is told from the provider's own kind of bounce, its error code (Twilio's numbers) and the text, in this order; the first rule that fits wins. Nothing at all is not_stated, nothing we can tell is other.
-- note: status_code is the enhanced mail status (RFC 3463) in the text, for example 5.1.1. error_code is the provider's code, or else, in text messages, the number of five digits in the text.
-- note: A failure is hard where the provider says so or when recipient or domain do not exist, soft where the provider says so, when the status code begins with 4 or when the reason passes by itself.
-- uses: distinct_events
SELECT
  *,
  CASE
    WHEN bounce_type = 'Permanent' THEN 'hard'
    WHEN bounce_type = 'Transient' THEN 'soft'
    WHEN reason IN ('unknown_recipient', 'unknown_domain') OR status_code LIKE '5.1.%' THEN 'hard'
    WHEN reason IN ('mailbox_full', 'temporary', 'rate_limited') OR status_code LIKE '4.%'
      THEN 'soft'
    ELSE 'unknown'
  END AS severity
FROM (
  SELECT
    *,
    CASE
      WHEN bounce_subtype = 'NoEmail'
        OR error_code IN ('21211', '21614', '30005', '30006', '63003', '63024')
        THEN 'unknown_recipient'
      WHEN bounce_subtype = 'MailboxFull' THEN 'mailbox_full'
      WHEN bounce_subtype = 'MessageTooLarge' OR error_code IN ('21617', '30019') THEN 'too_large'
      WHEN bounce_subtype IN ('AttachmentRejected', 'ContentRejected')
        OR error_code IN ('30004', '30007', '30038', '30043', '30450', '63013', '63049')
        THEN 'blocked'
      WHEN bounce_subtype = 'Suppressed' THEN 'suppressed'
      WHEN error_code = '21610' THEN 'opted_out'
      WHEN error_code IN ('21611', '30001', '30022', '30026', '30027', '30454', '63018', '63038')
        THEN 'rate_limited'
      WHEN error_code IN ('30003', '30410') THEN 'temporary'
      WHEN text = '' AND error_code IS NULL AND bounce_type IS NULL AND step <> 'dropped'
        THEN 'not_stated'
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
        OR text LIKE '%unreachable%' OR text LIKE '%try again%' OR text LIKE '%temporar%'
        OR text LIKE '%greylist%' THEN 'temporary'
      ELSE 'other'
    END AS reason
  FROM (
    SELECT
      e.channel,
      e.source,
      e.event_id,
      e.delivery_id,
      e.step,
      e.day,
      e.failure_message,
      e.bounce_type,
      e.bounce_subtype,
      coalesce(e.cio_id, e.person_id, e.customer_id, e.email_address, e.recipient) AS person,
      lower(trim(coalesce(e.failure_message, ''))) AS text,
      nullif(
        regexp_extract(
          ' ' || coalesce(e.failure_message, '') || ' ',
          '[^0-9.]([245][.][0-9]{1,3}[.][0-9]{1,3})[^0-9.]',
          1),
        '') AS status_code,
      coalesce(
        nullif(trim(e.error_code), ''),
        CASE
          WHEN e.channel IN ('sms', 'whatsapp') THEN nullif(
            regexp_extract(
              ' ' || coalesce(e.failure_message, '') || ' ', '[^0-9]([1-6][0-9]{4})[^0-9]', 1),
            '')
        END) AS error_code
    FROM distinct_events AS e
    WHERE e.delivery_id IS NOT NULL
      AND e.step IN ('attempted', 'bounced', 'deferred', 'dropped', 'failed', 'undeliverable')
  ) AS failed
) AS reasoned
