-- Lead events as the CRM sent them, and what became of each. Times are microseconds since the epoch, UTC.
--
-- attempts counts the failed ones of the step under way. run goes up each time somebody takes the
-- event up, so that whoever lost it meanwhile notices. lead_id and payload_raw go with the person.
CREATE TABLE webhook_events (
  id                  TEXT    NOT NULL PRIMARY KEY,
  source              TEXT    NOT NULL,
  event_key           TEXT    NOT NULL,
  lead_id             TEXT    NOT NULL,
  updated_at          BIGINT  NOT NULL,
  hook_action         TEXT,
  action              TEXT    NOT NULL,
  payload_raw         TEXT    NOT NULL,
  received_at         BIGINT  NOT NULL,
  started_at          BIGINT,
  processed_at        BIGINT,
  status              TEXT    NOT NULL,
  outcome             TEXT,
  error_message       TEXT,
  attempts            INTEGER NOT NULL,
  next_attempt_at     BIGINT,
  run                 INTEGER NOT NULL,
  contact_fingerprint TEXT,
  reported_at         BIGINT,
  UNIQUE (source, event_key)
);

CREATE INDEX webhook_events_by_lead ON webhook_events (source, lead_id, updated_at);
CREATE INDEX webhook_events_by_time ON webhook_events (received_at DESC, id DESC);
CREATE INDEX webhook_events_by_status ON webhook_events (status, processed_at);
CREATE INDEX webhook_events_open ON webhook_events (status) WHERE status IN ('received', 'processing');
CREATE INDEX webhook_events_unreported ON webhook_events (processed_at)
  WHERE processed_at IS NOT NULL AND reported_at IS NULL;

-- What is known of a lead over all its events. One event at a time works on it: claimed_by.
CREATE TABLE leads (
  source              TEXT    NOT NULL,
  lead_id             TEXT    NOT NULL,
  updated_at          BIGINT  NOT NULL,
  action              TEXT    NOT NULL,
  claimed_by          TEXT,
  contact_fingerprint TEXT,
  enriched_at         BIGINT,
  enriched_updated_at BIGINT,
  notes_sent          INTEGER NOT NULL,
  PRIMARY KEY (source, lead_id)
);

-- The steps of an event's enrichment that have ended, so that none is taken twice.
CREATE TABLE lead_steps (
  event_id   TEXT   NOT NULL REFERENCES webhook_events (id) ON DELETE CASCADE,
  step       TEXT   NOT NULL,
  state      TEXT   NOT NULL,
  result     TEXT   NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL,
  PRIMARY KEY (event_id, step)
);

-- Notes to the CRM. sending: somebody may have sent it; look before sending again.
CREATE TABLE lead_notes (
  event_id   TEXT   NOT NULL PRIMARY KEY,
  source     TEXT   NOT NULL,
  lead_id    TEXT   NOT NULL,
  mark       TEXT   NOT NULL UNIQUE,
  state      TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at    BIGINT
);

CREATE INDEX lead_notes_by_lead ON lead_notes (source, lead_id);
