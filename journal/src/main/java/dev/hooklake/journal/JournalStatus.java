package dev.hooklake.journal;

import java.util.Map;
import java.util.Optional;

/// How the journal stands, for readiness, metrics and `hooklake status`.
///
/// @param writable false after a failed write or sync, until reopened
/// @param full records may be refused for want of room, under the limit or on the disk; false again
///   by itself, without an append, once there is room
/// @param firstSequence the oldest record still held, `lastSequence + 1` when none is
/// @param lastSequence the newest synced record, 0 when there never was one
/// @param consumerPositions the last sequence each consumer has passed
/// @param bytes bytes in segments on disk
/// @param limitBytes past this, appends are refused
/// @param segments files on disk
/// @param knownKeys keys by which repeats are recognised
/// @param lastError why tidying up failed the last time, if it did; it is tried again each minute,
///   appends go on, and files that could go stay on the disk
public record JournalStatus(
    boolean writable,
    boolean full,
    long firstSequence,
    long lastSequence,
    Map<String, Long> consumerPositions,
    long bytes,
    long limitBytes,
    int segments,
    long knownKeys,
    Optional<String> lastError) {
  public JournalStatus {
    consumerPositions = Map.copyOf(consumerPositions);
  }
}
