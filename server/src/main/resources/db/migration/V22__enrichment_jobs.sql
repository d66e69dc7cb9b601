-- Work to do and when; read and written by db-scheduler, whose names these are.
CREATE TABLE scheduled_tasks (
  task_name            TEXT     NOT NULL,
  task_instance        TEXT     NOT NULL,
  task_data            TEXT,
  execution_time       BIGINT   NOT NULL,
  picked               BOOLEAN  NOT NULL,
  picked_by            TEXT,
  last_success         BIGINT,
  last_failure         BIGINT,
  consecutive_failures INTEGER,
  last_heartbeat       BIGINT,
  version              BIGINT   NOT NULL,
  priority             SMALLINT,
  PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX scheduled_tasks_by_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_by_heartbeat ON scheduled_tasks (last_heartbeat);

-- The pace at which all servers together call a service.
CREATE TABLE service_paces (
  service      TEXT   NOT NULL PRIMARY KEY,
  next_at      BIGINT NOT NULL,
  paused_until BIGINT NOT NULL
);

-- Every question to a register: when, why, of which kind, and what kind of answer came. No values.
CREATE TABLE lookup_audit (
  id          TEXT   NOT NULL PRIMARY KEY,
  asked_at    BIGINT NOT NULL,
  event_id    TEXT   NOT NULL,
  register    TEXT   NOT NULL,
  question    TEXT   NOT NULL,
  result      TEXT   NOT NULL,
  legal_basis TEXT   NOT NULL,
  purpose     TEXT   NOT NULL
);

CREATE INDEX lookup_audit_by_time ON lookup_audit (asked_at);
CREATE INDEX lookup_audit_by_event ON lookup_audit (event_id);
