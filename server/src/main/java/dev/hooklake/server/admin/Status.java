package dev.hooklake.server.admin;

import dev.hooklake.journal.JournalStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How the server stands; the answer of `GET /api/v1/status`. Times are ISO 8601 in UTC.
///
/// @param obstacle why nothing can be accepted now; null when it can
/// @param consumers those beside the lake, which keep their effect in the operations database
/// @param features how each part beside the way of an event stands, by its name; those that are on
/// @param sources each source's balance since the start; the unit is the event
record Status(
    String version,
    String startedAt,
    long uptimeSeconds,
    boolean development,
    @Nullable String obstacle,
    Balance balance,
    JournalState journal,
    LakeState lake,
    List<ConsumerState> consumers,
    List<SourceState> sources,
    Map<String, Object> features) {

  /// Over the whole life of the journal: `accepted = landed + inJournal + unaccounted`. The left
  /// side is counted where events are handed to the journal, the right side follows from how far
  /// journal and lake have come.
  ///
  /// @param unaccounted anything but 0 is a fault; 0 as well while events are under way, when the
  ///   two sides cannot be compared
  record Balance(long accepted, long landed, long inJournal, long unaccounted) {}

  /// @param lastError why tidying up failed the last time; null when it did not
  record JournalState(
      UUID id,
      boolean writable,
      long firstSequence,
      long lastSequence,
      Map<String, Long> consumerPositions,
      long bytes,
      long limitBytes,
      int segments,
      long knownKeys,
      @Nullable String lastError) {
    static JournalState of(UUID id, JournalStatus status) {
      return new JournalState(
          id,
          status.writable(),
          status.firstSequence(),
          status.lastSequence(),
          status.consumerPositions(),
          status.bytes(),
          status.limitBytes(),
          status.segments(),
          status.knownKeys(),
          status.lastError().orElse(null));
    }
  }

  /// @param landedThrough -1 until the lake was asked
  /// @param tables null when they could not be read
  /// @param tablesError why not
  record LakeState(
      String state,
      long landedThrough,
      long lagRecords,
      double lagSeconds,
      int pendingRecords,
      int failedAttempts,
      @Nullable String lastError,
      @Nullable String nextAttemptAt,
      @Nullable String lastCommitAt,
      @Nullable List<TableSummary> tables,
      @Nullable String tablesError) {}

  /// @param gap records that the journal had released before this consumer read them
  record ConsumerState(
      String name,
      String state,
      long storedThrough,
      long lagRecords,
      @Nullable Gap gap,
      int failedAttempts,
      @Nullable String lastError,
      @Nullable String nextAttemptAt) {}

  record Gap(long first, long last) {}

  record SourceState(
      String name,
      long received,
      long accepted,
      long duplicates,
      Map<String, Long> rejected,
      long underWay) {}
}
