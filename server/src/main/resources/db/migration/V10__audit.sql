-- Who changed what and who looked at whose data. The id begins with the time, so it orders them;
-- times are microseconds since the epoch, UTC.
CREATE TABLE audit (
  id     TEXT   NOT NULL PRIMARY KEY,
  at     BIGINT NOT NULL,
  actor  TEXT   NOT NULL,
  role   TEXT   NOT NULL,
  action TEXT   NOT NULL,
  target TEXT   NOT NULL,
  detail TEXT   NOT NULL
);
