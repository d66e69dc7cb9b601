-- What a rejected event needs to be sent again, and whether somebody has asked for that.
ALTER TABLE sink_rejects ADD COLUMN event_type TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE sink_rejects ADD COLUMN resend INTEGER NOT NULL DEFAULT 0;
