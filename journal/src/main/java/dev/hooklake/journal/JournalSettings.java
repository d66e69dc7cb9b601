package dev.hooklake.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// Where a journal lies and how far it may go.
///
/// @param directory its own directory, made when missing
/// @param limitBytes past this, appends are refused until consumers have caught up
/// @param segmentBytes a segment is closed when it has grown to this; the unit of release
/// @param duplicateWindow for how long at least a key is remembered
/// @param maxRecordBytes the largest payload
/// @param consumers the names of all that must have passed a record before it may go
public record JournalSettings(
    Path directory,
    long limitBytes,
    long segmentBytes,
    Duration duplicateWindow,
    int maxRecordBytes,
    Set<String> consumers) {

  private static final long DEFAULT_SEGMENT_BYTES = 64 << 20;
  private static final Duration DEFAULT_WINDOW = Duration.ofDays(8);
  private static final int DEFAULT_MAX_RECORD_BYTES = 8 << 20;

  private static final long LEAST_SEGMENT_BYTES = 1 << 10;
  private static final long MOST_SEGMENT_BYTES = 1 << 30;
  private static final Duration LEAST_WINDOW = Duration.ofHours(1);
  private static final Duration MOST_WINDOW = Duration.ofDays(366);

  public JournalSettings {
    consumers = Set.copyOf(consumers);
    require(
        segmentBytes >= LEAST_SEGMENT_BYTES && segmentBytes <= MOST_SEGMENT_BYTES,
        "segment size",
        segmentBytes + " bytes",
        "give " + LEAST_SEGMENT_BYTES + " to " + MOST_SEGMENT_BYTES);
    require(
        limitBytes >= 4 * segmentBytes,
        "limit",
        limitBytes + " bytes",
        "give at least " + 4 * segmentBytes + ", four segments");
    require(
        duplicateWindow.compareTo(LEAST_WINDOW) >= 0 && duplicateWindow.compareTo(MOST_WINDOW) <= 0,
        "duplicate window",
        duplicateWindow.toString(),
        "give 1 hour to 366 days");
    require(
        maxRecordBytes >= 1 && maxRecordBytes <= segmentBytes,
        "largest record",
        maxRecordBytes + " bytes",
        "give 1 to " + segmentBytes + ", the size of a segment");
    require(!consumers.isEmpty(), "set of consumers", "empty", "name at least one");
  }

  /// A journal with the usual segment, window and record sizes.
  public static JournalSettings of(Path directory, long limitBytes, Set<String> consumers) {
    return new JournalSettings(
        directory,
        limitBytes,
        DEFAULT_SEGMENT_BYTES,
        DEFAULT_WINDOW,
        DEFAULT_MAX_RECORD_BYTES,
        consumers);
  }

  /// The same journal, read by these consumers.
  public JournalSettings readBy(Set<String> consumers) {
    return new JournalSettings(
        directory, limitBytes, segmentBytes, duplicateWindow, maxRecordBytes, consumers);
  }

  private static void require(boolean holds, String what, String value, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("the journal's " + what + " is " + value + "; " + remedy);
    }
  }
}
