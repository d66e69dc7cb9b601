-- name: sms_deliveries
-- kind: base
-- title: The text messages of the period with the recipient's calling code
-- question: Which country did each text message go to?
-- note: Calling codes are prefix-free, so the first one that fits a number in international form (E.164) is its own. 1 stands for all of North America, 7 for Russia and Kazakhstan.
-- uses: deliveries
SELECT
  *,
  nullif(
    regexp_extract(
      recipient,
      '^[+](1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{3})',
      1),
    '') AS calling_code
FROM deliveries
WHERE channel = 'sms'
