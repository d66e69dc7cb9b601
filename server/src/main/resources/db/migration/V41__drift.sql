-- What sources send, by kind and name, and up to when the lake was looked through. Times are
-- microseconds since the epoch, UTC.
CREATE TABLE drift (
  source     TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  first_seen BIGINT  NOT NULL,
  last_seen  BIGINT  NOT NULL,
  events     BIGINT  NOT NULL,
  sample     TEXT    NOT NULL,
  event_key  TEXT    NOT NULL,
  is_new     INTEGER NOT NULL,
  PRIMARY KEY (source, kind, name)
);

CREATE INDEX drift_by_first_seen ON drift (first_seen);

CREATE TABLE drift_scans (
  lake       TEXT   NOT NULL PRIMARY KEY,
  through_at BIGINT NOT NULL
);

CREATE TABLE drift_sources (
  source     TEXT   NOT NULL PRIMARY KEY,
  first_seen BIGINT NOT NULL
);
