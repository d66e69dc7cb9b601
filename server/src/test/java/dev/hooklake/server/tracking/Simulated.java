package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.operations.DatabaseConsumer;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.sources.Decoding;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;

/// What the simulations share: a consumer of invented facts, registration in bulk, and the verdict.
final class Simulated {

  private Simulated() {}

  static DatabaseConsumer consumer(List<Fact> facts, OperationsDatabase database) {
    return consumer(facts, database, new MemoryJournal(new UUID(0, 1), facts.size()));
  }

  /// A consumer of a journal whose records are the facts.
  static DatabaseConsumer consumer(
      List<Fact> facts, OperationsDatabase database, MemoryJournal journal) {
    var tracking =
        new MessageTracking(
            (record, _) ->
                new Decoding.Understood(
                    facts.get(Math.toIntExact(record.sequence() - 1)).row().build()),
            TrackingSettings.DEFAULT,
            new SimpleMeterRegistry());
    return new DatabaseConsumer(
        new DatabaseConsumer.Parts(
            MessageTracking.NAME, journal, database, tracking, () -> Lives.START));
  }

  static Messages messages(OperationsDatabase database) {
    return new Messages(
        database, TrackingSettings.DEFAULT, ErrorCodes.shipped(), () -> Lives.START);
  }

  static void register(Messages messages, List<OutgoingMessage> outgoing) {
    for (int from = 0; from < outgoing.size(); from += Messages.MAX_BULK) {
      int to = Math.min(outgoing.size(), from + Messages.MAX_BULK);
      assertThat(messages.register(outgoing.subList(from, to)))
          .allMatch(Registration.Created.class::isInstance);
    }
  }

  static void assertEnds(Lives lives, Messages messages) {
    for (int i = 0; i < lives.count(); i++) {
      Message message = messages.find(Lives.id(i)).orElseThrow();
      assertThat(StatusModel.of(message))
          .as(message.id())
          .isEqualTo(StatusModel.of(lives.of(i), Lives.START));
    }
  }
}
