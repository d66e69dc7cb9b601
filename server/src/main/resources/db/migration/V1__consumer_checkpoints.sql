-- How far each consumer that keeps its effect in this database has read its journal.
CREATE TABLE consumer_checkpoints (
  consumer   TEXT   NOT NULL PRIMARY KEY,
  journal_id TEXT   NOT NULL,
  position   BIGINT NOT NULL
);
