-- 1 once all is fetched, while it is held against the provider's list.
ALTER TABLE history_jobs ADD COLUMN checking INTEGER NOT NULL DEFAULT 0;
