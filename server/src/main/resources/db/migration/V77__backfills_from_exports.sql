-- Backfills that read a file of deliveries instead of the provider's list: of what (campaign,
-- newsletter, transactional, action, file) and its number, the channel where the file does not tell,
-- and the provider's number of the export once it is asked for.
ALTER TABLE history_jobs ADD COLUMN export_of TEXT;
ALTER TABLE history_jobs ADD COLUMN export_of_id BIGINT;
ALTER TABLE history_jobs ADD COLUMN export_channel TEXT;
ALTER TABLE history_jobs ADD COLUMN export_id BIGINT;
