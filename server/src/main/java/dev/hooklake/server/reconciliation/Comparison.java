package dev.hooklake.server.reconciliation;

import dev.hooklake.server.reconciliation.HeldEvents.Days;
import dev.hooklake.server.reconciliation.ProviderHistory.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Goes through the provider's list in pieces and holds each against what we have. Memory is that
/// of one piece, however long the list.
///
/// What looks missing and happened only minutes ago is looked for once more, after the lake has
/// caught up: it may have arrived while the list was read.
final class Comparison {
  static final int PIECE = 10_000;

  /// Of messages of usual length a piece has less; of the longest it then has fewer messages.
  private static final long PIECE_CHARACTERS = 8L << 20;

  private static final Duration RECENT = Duration.ofMinutes(10);

  /// Where the pieces go.
  interface Sink {
    /// Takes one piece.
    ///
    /// @param doneDay every message created on that day or later is in this piece or one before it;
    ///   null while the newest day is not done
    void piece(List<Compared> messages, @Nullable LocalDate doneDay)
        throws IOException, InterruptedException;
  }

  /// One message of the list.
  record Compared(ListedMessage message, List<Fact> matched, List<Gap> gaps) {}

  /// What the list shows and we do not have.
  record Gap(Fact fact, Reason reason) {}

  sealed interface Outcome {
    record Whole() implements Outcome {}

    record BrokenOff(String reason) implements Outcome {}
  }

  private final HeldEvents held;
  private final Explanations explanations;
  private final Days days;
  private final InstantSource clock;
  private final Map<String, ListedMessage> piece = new LinkedHashMap<>();

  /// Of the events that would be made of the piece; each holds the texts of its message.
  private long characters;

  /// Of what happened on `days`.
  Comparison(HeldEvents held, Explanations explanations, Days days, InstantSource clock) {
    this.held = held;
    this.explanations = explanations;
    this.days = days;
    this.clock = clock;
  }

  Outcome run(ProviderHistory.Walk walk, Sink sink) throws IOException, InterruptedException {
    held.catchUp();
    LocalDate done = null;
    while (true) {
      switch (walk.next()) {
        case Step.Messages(var messages) -> {
          add(messages);
          if (piece.size() >= PIECE || characters >= PIECE_CHARACTERS) {
            hand(sink, done);
          }
        }
        case Step.DayDone(LocalDate day) -> done = day;
        case Step.Broken(String reason) -> {
          return new Outcome.BrokenOff(reason);
        }
        case Step.End() -> {
          hand(sink, done);
          return new Outcome.Whole();
        }
      }
    }
  }

  /// A list may show a message twice where it moved on meanwhile.
  private void add(List<? extends ListedMessage> messages) {
    for (ListedMessage message : messages) {
      if (message.facts().stream().anyMatch(fact -> days.hold(fact.day()))) {
        piece.merge(message.deliveryId(), message, TwiceListed::together);
        characters += message.length() * message.facts().size();
      }
    }
  }

  private void hand(Sink sink, @Nullable LocalDate done) throws IOException, InterruptedException {
    Instant begun = clock.instant();
    List<Compared> compared = compare(piece.values());
    if (compared.stream().anyMatch(each -> hasRecentGap(each, begun))) {
      held.catchUp();
      compared = compare(piece.values());
    }
    sink.piece(compared, done);
    piece.clear();
    characters = 0;
  }

  private static boolean hasRecentGap(Compared compared, Instant now) {
    return compared.gaps().stream()
        .anyMatch(gap -> gap.reason().isMissing() && gap.fact().at().isAfter(now.minus(RECENT)));
  }

  private List<Compared> compare(Collection<ListedMessage> messages) throws IOException {
    if (messages.isEmpty()) {
      return List.of();
    }
    Instant oldest = messages.stream().map(ListedMessage::created).min(Instant::compareTo).get();
    // A day's grace: the provider's clock is not ours.
    LocalDate since = LocalDate.ofInstant(oldest, ZoneOffset.UTC).minusDays(1);
    Map<String, Held> ours = held.of(messages, since);
    return messages.stream()
        .map(message -> compare(message, ours.getOrDefault(message.deliveryId(), Held.NOTHING)))
        .toList();
  }

  private Compared compare(ListedMessage message, Held ours) {
    List<Fact> matched = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    for (Fact fact : message.facts()) {
      if (!days.hold(fact.day())) {
        continue;
      }
      if (ours.has(fact)) {
        matched.add(fact);
      } else {
        gaps.add(new Gap(fact, explanations.why(message, fact, ours)));
      }
    }
    return new Compared(message, matched, gaps);
  }
}
