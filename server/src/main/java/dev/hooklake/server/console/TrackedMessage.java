package dev.hooklake.server.console;

import dev.hooklake.server.tracking.Message;
import dev.hooklake.server.tracking.Message.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A registered message as a page shows it: its status, how it came to it, and the events that said
/// so.
public record TrackedMessage(Message message, Timeline.Entries timeline) {

  /// When it reached a status first.
  public record Reached(String kind, String status, Instant at) {}

  /// In the order they happened.
  public List<Reached> history() {
    Times times = message.times();
    var reached = new ArrayList<Reached>();
    add(reached, "registered", times.created());
    add(reached, "sent", times.sent());
    add(reached, "delivered", times.delivered());
    add(reached, "opened", times.opened());
    add(reached, "clicked", times.clicked());
    add(reached, "failed", times.failed());
    add(reached, "complained", times.complained());
    reached.sort(Comparator.comparing(Reached::at));
    return List.copyOf(reached);
  }

  private static void add(List<Reached> reached, String status, @Nullable Instant at) {
    if (at != null) {
      String kind = Kinds.ofMetric(status);
      reached.add(new Reached(kind.equals("bad") ? "bad" : "good", status, at));
    }
  }

  public String kind() {
    return Kinds.ofMetric(message.status().label());
  }

  public String recipient() {
    return Masking.masked(message.recipient());
  }

  /// Why it did not arrive; null when nobody said that it did not.
  public @Nullable String failure() {
    Message.Failure failure = message.failure();
    if (failure == null) {
      return null;
    }
    String code = failure.code() == null ? "" : failure.code() + " ";
    String meaning = failure.meaning() == null ? "" : failure.meaning().text();
    String reason = Objects.requireNonNullElse(failure.reason(), "");
    return Masking.quoted(code + (meaning.isEmpty() ? reason : meaning)).strip();
  }
}
