-- Outgoing messages and what became of them. Times are microseconds since the epoch, UTC.
--
-- The columns from status to last_event_at stand in messages and in waiting_statuses alike; one rule
-- (StatusMerge) merges an event into either, so that the order of events does not matter.
CREATE TABLE messages (
  id            TEXT    NOT NULL PRIMARY KEY,
  user_id       TEXT,
  message_type  TEXT,
  channel       TEXT    NOT NULL,
  recipient     TEXT,
  recipient_key TEXT,
  created_at    BIGINT  NOT NULL,
  status        TEXT    NOT NULL,
  status_rank   INTEGER NOT NULL,
  status_at     BIGINT  NOT NULL,
  sent_at       BIGINT,
  delivered_at  BIGINT,
  opened_at     BIGINT,
  clicked_at    BIGINT,
  failed_at     BIGINT,
  complained_at BIGINT,
  error_code    TEXT,
  error_reason  TEXT,
  action_taken  TEXT,
  action_rank   INTEGER NOT NULL,
  cost_micros   BIGINT,
  cost_currency TEXT,
  last_event_at BIGINT
);

CREATE INDEX messages_by_time ON messages (created_at, id);
CREATE INDEX messages_by_recipient ON messages (recipient_key, created_at, id);
CREATE INDEX messages_by_user ON messages (user_id, created_at, id);
CREATE INDEX messages_by_status ON messages (status, created_at, id);

-- Which message a provider's id means.
CREATE TABLE message_external_ids (
  source      TEXT   NOT NULL,
  external_id TEXT   NOT NULL,
  message_id  TEXT   NOT NULL REFERENCES messages (id),
  mapped_by   TEXT   NOT NULL,
  created_at  BIGINT NOT NULL,
  PRIMARY KEY (source, external_id)
);

CREATE INDEX message_external_ids_by_message ON message_external_ids (message_id);

-- What events said of a provider's id before anybody told which message it is: one row an id.
CREATE TABLE waiting_statuses (
  source         TEXT    NOT NULL,
  external_id    TEXT    NOT NULL,
  channel        TEXT    NOT NULL,
  recipient_key  TEXT,
  message_ref    TEXT,
  first_event_at BIGINT  NOT NULL,
  waiting_since  BIGINT  NOT NULL,
  status         TEXT,
  status_rank    INTEGER NOT NULL,
  status_at      BIGINT,
  sent_at        BIGINT,
  delivered_at   BIGINT,
  opened_at      BIGINT,
  clicked_at     BIGINT,
  failed_at      BIGINT,
  complained_at  BIGINT,
  error_code     TEXT,
  error_reason   TEXT,
  action_taken   TEXT,
  action_rank    INTEGER NOT NULL,
  cost_micros    BIGINT,
  cost_currency  TEXT,
  last_event_at  BIGINT,
  PRIMARY KEY (source, external_id)
);

CREATE INDEX waiting_statuses_by_age ON waiting_statuses (waiting_since);
CREATE INDEX waiting_statuses_by_reference ON waiting_statuses (message_ref);
CREATE INDEX waiting_statuses_by_recipient ON waiting_statuses (recipient_key, first_event_at);
