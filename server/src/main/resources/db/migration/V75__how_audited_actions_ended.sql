-- unknown: under way, or the server was stopped in the middle; older entries did not tell.
-- done, refused (nothing was changed), failed (it broke off).
ALTER TABLE audit ADD COLUMN outcome TEXT NOT NULL DEFAULT 'unknown';
