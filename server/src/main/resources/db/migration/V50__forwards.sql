-- Events on their way to other URLs: one row for an event and a destination, deleted once it is
-- delivered. The id is made of source and event key, and bounded. `position` orders what shares an ordering key; `held_by` is the journal whose server is
-- sending it. Times are microseconds since the epoch, UTC.
CREATE TABLE forwards (
  destination     TEXT    NOT NULL,
  webhook_id      TEXT    NOT NULL,
  source          TEXT    NOT NULL,
  event_key       TEXT    NOT NULL,
  body            TEXT    NOT NULL,
  ordering_key    TEXT,
  position        BIGINT  NOT NULL,
  state           TEXT    NOT NULL,
  attempts        INTEGER NOT NULL,
  queued_at       BIGINT  NOT NULL,
  next_attempt_at BIGINT  NOT NULL,
  held_by         TEXT,
  last_error      TEXT,
  PRIMARY KEY (destination, webhook_id)
);

CREATE INDEX forwards_by_time ON forwards (destination, state, next_attempt_at, position);
CREATE INDEX forwards_by_ordering_key ON forwards (destination, ordering_key, state, position);
CREATE INDEX forwards_by_holder ON forwards (held_by);
