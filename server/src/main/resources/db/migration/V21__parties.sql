-- The people behind leads. A CPF is here only as keyed fingerprint and sealed value; names, e-mail
-- addresses and phone numbers are in clear.
CREATE TABLE parties (
  id               TEXT   NOT NULL PRIMARY KEY,
  party_type       TEXT   NOT NULL,
  cpf_fingerprint  TEXT   NOT NULL UNIQUE,
  cpf_sealed       TEXT   NOT NULL,
  full_name        TEXT,
  normalized_name  TEXT,
  sex              TEXT,
  birth_date       TEXT,
  mother_name      TEXT,
  income           TEXT,
  purchasing_power TEXT,
  credit_score     TEXT,
  credit_risk      TEXT,
  enriched_by      TEXT,
  enriched_at      BIGINT,
  enriched_for     BIGINT,
  created_at       BIGINT NOT NULL,
  updated_at       BIGINT NOT NULL
);

CREATE INDEX parties_by_change ON parties (updated_at);

CREATE TABLE emails (
  id         TEXT   NOT NULL PRIMARY KEY,
  email      TEXT   NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);

CREATE TABLE phones (
  id           TEXT   NOT NULL PRIMARY KEY,
  number       TEXT   NOT NULL UNIQUE,
  country_code TEXT   NOT NULL,
  created_at   BIGINT NOT NULL
);

-- ranking: 1 is best. found_at: when a register named the person for this contact.
CREATE TABLE party_emails (
  party_id TEXT    NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  email_id TEXT    NOT NULL REFERENCES emails (id) ON DELETE CASCADE,
  ranking  INTEGER NOT NULL,
  found_at BIGINT,
  PRIMARY KEY (party_id, email_id)
);

CREATE INDEX party_emails_by_email ON party_emails (email_id);

CREATE TABLE party_phones (
  party_id    TEXT    NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  phone_id    TEXT    NOT NULL REFERENCES phones (id) ON DELETE CASCADE,
  ranking     INTEGER NOT NULL,
  is_whatsapp INTEGER NOT NULL,
  found_at    BIGINT,
  PRIMARY KEY (party_id, phone_id)
);

CREATE INDEX party_phones_by_phone ON party_phones (phone_id);

CREATE TABLE party_addresses (
  party_id    TEXT    NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  ranking     INTEGER NOT NULL,
  street      TEXT    NOT NULL,
  district    TEXT    NOT NULL,
  city        TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  postal_code TEXT    NOT NULL,
  PRIMARY KEY (party_id, ranking)
);

CREATE TABLE party_companies (
  party_id TEXT    NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  ranking  INTEGER NOT NULL,
  cnpj     TEXT    NOT NULL,
  relation TEXT    NOT NULL,
  PRIMARY KEY (party_id, ranking)
);

-- Whom an event's contacts led to, and by which of them.
CREATE TABLE lead_parties (
  event_id     TEXT    NOT NULL REFERENCES webhook_events (id) ON DELETE CASCADE,
  found_by     TEXT    NOT NULL,
  source       TEXT    NOT NULL,
  lead_id      TEXT    NOT NULL,
  party_id     TEXT    NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
  name_differs INTEGER NOT NULL,
  PRIMARY KEY (event_id, found_by)
);

CREATE INDEX lead_parties_by_party ON lead_parties (party_id);
CREATE INDEX lead_parties_by_lead ON lead_parties (source, lead_id);
