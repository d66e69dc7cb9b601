-- name: deliveries
-- kind: base
-- title: The deliveries of the period
-- question: Which deliveries does the report count?
-- note: Those whose day lies in the period. What happened to them later counts, whenever it did.
-- uses: all_deliveries, period
SELECT d.*
FROM all_deliveries AS d
CROSS JOIN period AS p
WHERE d.day BETWEEN p.from_day AND p.to_day
