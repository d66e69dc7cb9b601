-- Records that the journal had released before the consumer read them, until somebody makes up for them.
ALTER TABLE consumer_checkpoints ADD COLUMN gap_after BIGINT;
ALTER TABLE consumer_checkpoints ADD COLUMN gap_through BIGINT;
