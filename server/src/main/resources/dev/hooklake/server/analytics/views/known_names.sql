-- name: known_names
-- kind: base
-- title: What things are called
-- question: What is a campaign, newsletter, broadcast, transactional message, action or content called?
-- note: Filled by reconciliation from the provider's API; empty where no provider can be asked.
-- column: known_source  Source whose provider it is
-- column: known_kind  campaign, broadcast, newsletter, transactional, action or content
-- column: known_id  Id, as events name it
-- column: known_name  Name at the provider
SELECT
  source AS known_source,
  kind AS known_kind,
  id AS known_id,
  name AS known_name
FROM provider_names
