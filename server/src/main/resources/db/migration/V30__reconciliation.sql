-- What we have, held against what the provider's API shows. Times are microseconds since the epoch,
-- days are days since the epoch, both UTC.

-- Reconciliations and backfills: what was asked for, how far it came, what came out.
CREATE TABLE history_jobs (
  id          TEXT    NOT NULL PRIMARY KEY,
  kind        TEXT    NOT NULL,
  source      TEXT    NOT NULL,
  from_day    BIGINT  NOT NULL,
  to_day      BIGINT  NOT NULL,
  dry_run     INTEGER NOT NULL,
  asked_by    TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  created_at  BIGINT  NOT NULL,
  started_at  BIGINT,
  ended_at    BIGINT,
  -- The oldest day of creation that is done; the next run of a broken off job begins before it.
  done_day    BIGINT,
  listed      BIGINT  NOT NULL,
  expected    BIGINT  NOT NULL,
  matched     BIGINT  NOT NULL,
  missing     BIGINT  NOT NULL,
  explained   BIGINT  NOT NULL,
  filled      BIGINT  NOT NULL,
  requests    BIGINT  NOT NULL,
  note        TEXT,
  failure     TEXT
);

CREATE INDEX history_jobs_by_age ON history_jobs (created_at);

-- The newest figure of each day, whichever job found it.
CREATE TABLE completeness_days (
  source     TEXT   NOT NULL,
  day        BIGINT NOT NULL,
  expected   BIGINT NOT NULL,
  matched    BIGINT NOT NULL,
  missing    BIGINT NOT NULL,
  explained  BIGINT NOT NULL,
  job_id     TEXT   NOT NULL,
  checked_at BIGINT NOT NULL,
  PRIMARY KEY (source, day)
);

-- The same by metric and by what the messages belong to, with all that we have besides.
CREATE TABLE completeness_counts (
  source      TEXT   NOT NULL,
  day         BIGINT NOT NULL,
  channel     TEXT   NOT NULL,
  metric      TEXT   NOT NULL,
  parent_kind TEXT   NOT NULL,
  parent_id   BIGINT NOT NULL,
  expected    BIGINT NOT NULL,
  matched     BIGINT NOT NULL,
  missing     BIGINT NOT NULL,
  explained   BIGINT NOT NULL,
  ours        BIGINT NOT NULL,
  PRIMARY KEY (source, day, channel, metric, parent_kind, parent_id)
);

-- Why something is not here.
CREATE TABLE completeness_reasons (
  source TEXT   NOT NULL,
  day    BIGINT NOT NULL,
  metric TEXT   NOT NULL,
  reason TEXT   NOT NULL,
  events BIGINT NOT NULL,
  PRIMARY KEY (source, day, metric, reason)
);

-- The provider's own counts beside ours, in the days of the provider's zone.
CREATE TABLE reported_counts (
  source      TEXT   NOT NULL,
  zone        TEXT   NOT NULL,
  day         BIGINT NOT NULL,
  parent_kind TEXT   NOT NULL,
  parent_id   BIGINT NOT NULL,
  metric      TEXT   NOT NULL,
  reported    BIGINT NOT NULL,
  ours        BIGINT NOT NULL,
  PRIMARY KEY (source, zone, day, parent_kind, parent_id, metric)
);

-- What the provider shows and we do not have, event by event, up to a limit a job. Only rows of the
-- job that a day's figure is from count; those of a job that broke off are left to the next one.
CREATE TABLE missing_events (
  source      TEXT   NOT NULL,
  delivery_id TEXT   NOT NULL,
  metric      TEXT   NOT NULL,
  doer        TEXT   NOT NULL,
  day         BIGINT NOT NULL,
  occurred_at BIGINT NOT NULL,
  channel     TEXT   NOT NULL,
  parent_kind TEXT   NOT NULL,
  parent_id   BIGINT NOT NULL,
  reason      TEXT   NOT NULL,
  job_id      TEXT   NOT NULL,
  PRIMARY KEY (source, job_id, delivery_id, metric, doer)
);

CREATE INDEX missing_events_by_day ON missing_events (source, day);

-- How the provider's webhook was set whenever we looked and it had changed.
CREATE TABLE webhook_observations (
  source          TEXT    NOT NULL,
  seen_at         BIGINT  NOT NULL,
  webhook_id      BIGINT  NOT NULL,
  disabled        INTEGER NOT NULL,
  full_resolution INTEGER NOT NULL,
  events          TEXT    NOT NULL,
  PRIMARY KEY (source, seen_at)
);
