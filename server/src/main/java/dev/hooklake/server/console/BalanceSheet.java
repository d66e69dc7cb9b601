package dev.hooklake.server.console;

import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalStatus;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.intake.SourceCounts;
import dev.hooklake.server.pipeline.LakePipeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Where every event is that arrived since the start: `received = landed + duplicate + quarantined
/// + rejected + in the journal`.
///
/// The left side is counted at the door; the right side is read where the events are: the tables,
/// the journal and the refusals. So the sum is a check.
public final class BalanceSheet {
  private static final Duration MEMORY = Duration.ofSeconds(3);
  private static final String QUARANTINED =
      "SELECT count(*) AS events FROM quarantine WHERE date_partition >= CAST(? AS DATE)"
          + " AND journal_position > CAST(? AS BIGINT)";

  /// What it adds up.
  ///
  /// @param added how many events this server added itself
  public record Parts(
      Journal journal,
      LongSupplier added,
      LakePipeline pipeline,
      LakeQuestions lake,
      Supplier<List<SourceCounts>> sources,
      InstantSource clock) {}

  private final Parts parts;
  private final Instant startedAt;
  private final long before;
  private final long addedBefore;
  private final Remembered<String, Long> quarantined;

  /// Made before the public port opens: what the journal holds then is not counted.
  public BalanceSheet(Parts parts) {
    this.parts = parts;
    this.startedAt = parts.clock().instant();
    this.before = parts.journal().status().lastSequence();
    this.addedBefore = parts.added().getAsLong();
    this.quarantined = new Remembered<>(MEMORY, parts.clock(), _ -> countQuarantined());
  }

  Balance read() {
    List<SourceCounts> door = parts.sources().get();
    long added = parts.added().getAsLong();
    JournalStatus journal = parts.journal().status();
    long landedThrough = parts.pipeline().progress().landedThrough();
    boolean quiet = door.equals(parts.sources().get()) && added == parts.added().getAsLong();
    long landed = Math.clamp(landedThrough - before, 0, journal.lastSequence() - before);
    Long quarantined = this.quarantined.peek("");
    return new Balance(
        startedAt,
        sum(door, SourceCounts::received),
        added - addedBefore,
        landed,
        landed == 0 ? 0 : Math.min(landed, quarantined == null ? -1 : quarantined),
        sum(door, SourceCounts::duplicates),
        sum(door, counts -> counts.rejected().values().stream().mapToLong(n -> n).sum()),
        journal.lastSequence() - before - landed,
        parts.pipeline().lag(),
        quiet);
  }

  List<SourceCounts> sources() {
    return parts.sources().get();
  }

  private long countQuarantined() throws IOException {
    ResultTable answer =
        parts
            .lake()
            .ask(
                QUARANTINED,
                List.of(
                    startedAt.minus(Duration.ofDays(1)).toString().substring(0, 10),
                    String.valueOf(before)),
                QueryLimits.PAGE);
    return ((Number) Objects.requireNonNull(answer.value(0, "events"))).longValue();
  }

  private static long sum(
      List<SourceCounts> sources, java.util.function.ToLongFunction<SourceCounts> count) {
    return sources.stream().mapToLong(count).sum();
  }

  /// The figures at one moment.
  ///
  /// @param added by this server itself: fetched by a backfill, or told by an enrichment
  /// @param stored in the lake's tables, understood or not
  /// @param quarantined of these, what was not understood, as last counted; -1 when it never was
  /// @param lag how long the oldest one in the journal waits
  /// @param quiet nothing arrived while it was read, so the sum must hold exactly
  public record Balance(
      Instant since,
      long received,
      long added,
      long stored,
      long quarantined,
      long duplicates,
      long rejected,
      long inJournal,
      Duration lag,
      boolean quiet) {

    public long landed() {
      return stored - Math.max(0, quarantined);
    }

    /// Arrived and not settled yet; anything else than 0 while it is quiet would be a loss.
    public long open() {
      return received + added - stored - duplicates - rejected - inJournal;
    }

    public boolean holds() {
      return open() == 0;
    }
  }
}
