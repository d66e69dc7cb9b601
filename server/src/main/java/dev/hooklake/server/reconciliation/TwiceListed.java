package dev.hooklake.server.reconciliation;

import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A message that was shown twice, where the later showing does not tell all of the earlier one: as
/// in a file with a row for each thing that happened.
record TwiceListed(ListedMessage later, ListedMessage earlier) implements ListedMessage {

  /// The later one alone where it tells everything.
  static ListedMessage together(ListedMessage earlier, ListedMessage later) {
    return names(later).containsAll(names(earlier)) ? later : new TwiceListed(later, earlier);
  }

  private static Set<String> names(ListedMessage message) {
    return message.facts().stream().map(Fact::name).collect(Collectors.toSet());
  }

  @Override
  public Channel channel() {
    return later.channel();
  }

  @Override
  public String deliveryId() {
    return later.deliveryId();
  }

  @Override
  public Parent parent() {
    return later.parent();
  }

  @Override
  public Instant created() {
    return earlier.created().isBefore(later.created()) ? earlier.created() : later.created();
  }

  @Override
  public long length() {
    return earlier.length() + later.length();
  }

  @Override
  public List<Fact> facts() {
    Set<String> told = names(later);
    return Stream.concat(
            later.facts().stream(),
            earlier.facts().stream().filter(fact -> !told.contains(fact.name())))
        .toList();
  }

  @Override
  public SourceEvent event(Fact fact, Instant fetchedAt) {
    return (later.facts().contains(fact) ? later : earlier).event(fact, fetchedAt);
  }
}
