-- Events that a sink's database refused for what is in them. Times are microseconds since the epoch, UTC.
CREATE TABLE sink_rejects (
  sink        TEXT   NOT NULL,
  event_id    TEXT   NOT NULL,
  source      TEXT   NOT NULL,
  event_key   TEXT   NOT NULL,
  event       TEXT   NOT NULL,
  reason      TEXT   NOT NULL,
  rejected_at BIGINT NOT NULL,
  PRIMARY KEY (sink, event_id)
);

CREATE INDEX sink_rejects_by_time ON sink_rejects (rejected_at);
