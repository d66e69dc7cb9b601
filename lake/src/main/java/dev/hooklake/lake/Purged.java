package dev.hooklake.lake;

/// What was deleted of a table's older versions.
///
/// @param spared files that another writer may be about to commit; deleted when this is done again
///   after an hour
public record Purged(int files, int spared) {}
