-- What rules found, from firing to resolved; who is told; what is to be kept quiet. Times are
-- microseconds since the epoch, UTC. journal_id says which server it is about.
CREATE TABLE alerts (
  id           TEXT   NOT NULL PRIMARY KEY,
  journal_id   TEXT   NOT NULL,
  rule         TEXT   NOT NULL,
  subject      TEXT   NOT NULL,
  severity     TEXT   NOT NULL,
  summary      TEXT   NOT NULL,
  started_at   BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  told_at      BIGINT,
  resolved_at  BIGINT
);

CREATE UNIQUE INDEX alerts_firing ON alerts (journal_id, rule, subject) WHERE resolved_at IS NULL;
CREATE INDEX alerts_by_time ON alerts (started_at);

-- An empty subject is every subject of the rule, an empty rule every rule.
CREATE TABLE alert_silences (
  id         TEXT   NOT NULL PRIMARY KEY,
  rule       TEXT   NOT NULL,
  subject    TEXT   NOT NULL,
  until_at   BIGINT NOT NULL,
  reason     TEXT   NOT NULL,
  created_by TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);

-- One for each channel and change of an alert, until it is sent or given up.
CREATE TABLE alert_notices (
  id         TEXT    NOT NULL PRIMARY KEY,
  alert_id   TEXT    NOT NULL,
  journal_id TEXT    NOT NULL,
  channel    TEXT    NOT NULL,
  resolved   INTEGER NOT NULL,
  due_at     BIGINT  NOT NULL,
  attempts   INTEGER NOT NULL,
  sent_at    BIGINT,
  given_up_at BIGINT,
  last_error TEXT
);

CREATE INDEX alert_notices_due ON alert_notices (due_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX alert_notices_by_alert ON alert_notices (alert_id);
