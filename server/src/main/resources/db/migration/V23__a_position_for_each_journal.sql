-- Several servers with a journal each may share this database. The row of a consumer that has no
-- journal is only locked: whoever holds it has the consumer's turn.
CREATE TABLE consumer_positions (
  consumer    TEXT   NOT NULL,
  journal_id  TEXT   NOT NULL,
  position    BIGINT NOT NULL,
  gap_after   BIGINT,
  gap_through BIGINT,
  CONSTRAINT consumer_checkpoints_by_journal PRIMARY KEY (consumer, journal_id)
);

INSERT INTO consumer_positions (consumer, journal_id, position, gap_after, gap_through)
  SELECT consumer, journal_id, position, gap_after, gap_through FROM consumer_checkpoints;

DROP TABLE consumer_checkpoints;

ALTER TABLE consumer_positions RENAME TO consumer_checkpoints;

-- How far the CRM has been asked for leads that changed.
CREATE TABLE lead_polls (
  source       TEXT   NOT NULL PRIMARY KEY,
  seen_through BIGINT NOT NULL
);
