package dev.hooklake.server.console;

import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalStatus;
import dev.hooklake.server.console.QuarantineCounts.QuarantineGroup;
import dev.hooklake.server.intake.Readiness;
import dev.hooklake.server.intake.SourceCounts;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.LakeProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What the server itself knows to be amiss: the journal, the lake, refused deliveries and what was
/// not understood.
public final class UsualAttention implements AttentionItem.Finder {
  private static final Duration LONG_LAG = Duration.ofMinutes(2);
  private static final double HIGH = 0.5;

  /// Whom it asks.
  public record Parts(
      Journal journal,
      LakePipeline pipeline,
      Readiness readiness,
      Supplier<List<SourceCounts>> sources) {}

  private final Parts parts;
  private final QuarantineCounts quarantine;

  public UsualAttention(Parts parts, QuarantineCounts quarantine) {
    this.parts = parts;
    this.quarantine = quarantine;
  }

  @Override
  public List<AttentionItem> find() {
    var items = new ArrayList<AttentionItem>();
    parts
        .readiness()
        .obstacle()
        .ifPresent(why ->
            items.add(
                new AttentionItem("bad", "Nothing can be accepted", why, "refusing", "/tables")));
    lake(items);
    journal(items);
    signatures(items);
    quarantined(items);
    return items;
  }

  private void lake(List<AttentionItem> items) {
    LakeProgress progress = parts.pipeline().progress();
    String error = progress.lastError();
    Duration lag = parts.pipeline().lag();
    if (error != null) {
      String word = progress.state() == LakeProgress.State.STOPPED ? "stopped" : "retrying";
      items.add(new AttentionItem("bad", "The lake does not take events", error, word, "/tables"));
    } else if (lag.compareTo(LONG_LAG) > 0) {
      items.add(
          new AttentionItem(
              "warn",
              "The lake is " + Show.duration(lag) + " behind",
              "Events are safe in the journal meanwhile",
              "lag",
              "/tables"));
    }
  }

  private void journal(List<AttentionItem> items) {
    JournalStatus journal = parts.journal().status();
    double full = (double) journal.bytes() / journal.limitBytes();
    if (full > HIGH) {
      items.add(
          new AttentionItem(
              full > 0.8 ? "bad" : "warn",
              "The journal is " + Show.percent(full) + " full",
              "Past its limit deliveries are answered 503; see why the lake does not drain it",
              "space",
              "/tables"));
    }
    journal
        .lastError()
        .ifPresent(why ->
            items.add(
                new AttentionItem("warn", "The journal cannot tidy up", why, "keeps", "/tables")));
  }

  private void signatures(List<AttentionItem> items) {
    for (SourceCounts source : parts.sources().get()) {
      long refused = SourceFigures.badSignatures(source);
      if (refused > 0) {
        items.add(
            new AttentionItem(
                "warn",
                Show.count(refused, "bad signature", "bad signatures")
                    + " at "
                    + SourceName.of(source.source()),
                "If the provider sent them, its key is not ours: refusals stall its queue",
                "check key",
                "/sources"));
      }
    }
  }

  private void quarantined(List<AttentionItem> items) {
    List<QuarantineGroup> groups = quarantine.lastGroups();
    if (groups != null && !groups.isEmpty()) {
      QuarantineGroup first = groups.getFirst();
      long events = groups.stream().mapToLong(QuarantineGroup::events).sum();
      items.add(
          new AttentionItem(
              "warn",
              Show.count(events, "event", "events") + " not understood",
              SourceName.of(first.source()) + ": " + first.message(),
              "replay",
              "/quarantine"));
    }
  }
}
