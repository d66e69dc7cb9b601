-- name: period
-- kind: base
-- title: The period a report covers
-- question: Which days does the report look at?
-- note: All days unless a report is asked for with --from and --to, which put other dates here.
-- column: from_day  First UTC day that counts
-- column: to_day  Last UTC day that counts
SELECT
  CAST('0001-01-01' AS DATE) AS from_day,
  CAST('9999-12-31' AS DATE) AS to_day
