package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.operations.ConsumerCheckpoints;
import dev.hooklake.server.operations.ConsumerCheckpoints.Range;
import dev.hooklake.server.operations.DatabaseConsumer;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.event.Row;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The consumer's place in the journal and what it applied stand or fall together.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class TrackingConsumerTest {
  private static final Instant NOW = Lives.START;
  private static final ExternalId EXTERNAL_ID = new ExternalId("resend", "re-1");

  @Parameter TestDatabase engine;
  @TempDir Path directory;

  private OperationsDatabase database;
  private Messages messages;
  private final List<Fact> facts = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private MemoryJournal journal = new MemoryJournal(new UUID(0, 1), 0);

  @BeforeEach
  void open() {
    database = OperationsDatabase.open(engine.empty(directory));
    messages = new Messages(database, TrackingSettings.DEFAULT, ErrorCodes.shipped(), () -> NOW);
    messages.register(EmailMessages.of("m-1", EXTERNAL_ID));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsAppliedIsReleasedAndNotReadAgain() throws Exception {
    append("sent", "delivered");
    DatabaseConsumer consumer = consumer();

    assertThat(consumer.step(Duration.ZERO)).isEqualTo(2);
    assertThat(consumer.step(Duration.ZERO)).isZero();

    assertThat(status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(journal.passed).isEqualTo(2);
    assertThat(registry.counter("hooklake.tracking.events", "outcome", "applied").count())
        .isEqualTo(2);
  }

  @Test
  void aConsumerOpenedAfterACrashGoesOnWhereTheDatabaseStands() throws Exception {
    append("sent");
    consumer().step(Duration.ZERO);
    append("delivered");

    DatabaseConsumer reopened = consumer();

    assertThat(reopened.step(Duration.ZERO)).isEqualTo(1);
    assertThat(status()).isEqualTo(MessageStatus.DELIVERED);
  }

  @Test
  void aTransactionThatIsRolledBackChangesNeitherMessageNorPosition() throws Exception {
    append("sent");
    var updates = new StatusUpdates(new Mappings(TrackingSettings.DEFAULT));
    Message before = messages.find("m-1").orElseThrow();

    assertThatThrownBy(() ->
            database.change(handle -> {
              ConsumerCheckpoints.advance(
                  handle, MessageTracking.NAME, journal.id(), new Range(0, 1));
              updates.apply(handle, List.of(facts.getFirst().event()), NOW);
              throw new IllegalStateException("injected");
            }))
        .hasMessage("injected");

    assertThat(messages.find("m-1")).contains(before);
    assertThat(consumer().step(Duration.ZERO)).isEqualTo(1);
    assertThat(status()).isEqualTo(MessageStatus.SENT);
  }

  @Test
  void aBatchAppliedTwiceChangesNothing() throws Exception {
    append("sent", "delivered", "opened");
    consumer().step(Duration.ZERO);
    Message once = messages.find("m-1").orElseThrow();

    journal = new MemoryJournal(new UUID(0, 2), facts.size());
    assertThat(consumer().step(Duration.ZERO)).isEqualTo(3);

    assertThat(messages.find("m-1")).contains(once);
  }

  @Test
  void aConsumerThatAnotherProcessOvertookAppliesNothingThenGoesOnBehindIt() throws Exception {
    append("sent");
    DatabaseConsumer consumer = consumer();
    consumer.step(Duration.ZERO);
    append("delivered");
    database.change(handle ->
        ConsumerCheckpoints.advance(handle, MessageTracking.NAME, journal.id(), new Range(1, 2)));

    assertThatThrownBy(() -> consumer.step(Duration.ZERO)).hasMessageContaining("another process");
    append("opened");

    assertThat(status()).isEqualTo(MessageStatus.SENT);
    assertThat(consumer.step(Duration.ZERO)).isEqualTo(1);
    assertThat(status()).isEqualTo(MessageStatus.OPENED);
  }

  @Test
  void whatNoDatabaseTakesDoesNotStopIt() throws Exception {
    facts.add(
        Fact.of(EXTERNAL_ID, "bounced", NOW).because("no\0such\0mailbox" + "x".repeat(9_000)));
    journal.count = facts.size();

    consumer().step(Duration.ZERO);

    assertThat(messages.find("m-1").orElseThrow().failure().reason())
        .startsWith("nosuchmailboxx")
        .hasSizeLessThanOrEqualTo(1_000);
  }

  @Test
  void whatTheJournalHadReleasedBeforeIsSkippedAndNotedUntilItIsMadeUpFor() throws Exception {
    append("sent", "delivered", "opened");
    journal.passed = 2;
    DatabaseConsumer consumer = consumer();

    assertThat(consumer.step(Duration.ZERO)).isEqualTo(1);
    assertThat(consumer.gap()).isEqualTo(new Range(0, 2));
    assertThat(messages.find("m-1").orElseThrow().times().sent()).isNull();
    DatabaseConsumer reopened = consumer();
    reopened.step(Duration.ZERO);
    assertThat(reopened.gap()).isEqualTo(new Range(0, 2));

    var history = new MessageHistory(database, TrackingSettings.DEFAULT, () -> NOW);
    List<Row> rows = facts.subList(0, 2).stream().map(fact -> fact.row().build()).toList();
    assertThat(history.apply(rows)).isEqualTo(new MessageHistory.Applied(2, 0, 0));
    history.complete();

    DatabaseConsumer later = consumer();
    later.step(Duration.ZERO);
    assertThat(later.gap()).isNull();
    assertThat(messages.find("m-1").orElseThrow().times().sent()).isEqualTo(NOW);
    assertThat(status()).isEqualTo(MessageStatus.OPENED);
  }

  private void append(String... metrics) {
    for (String metric : metrics) {
      facts.add(Fact.of(EXTERNAL_ID, metric, NOW.plusSeconds(facts.size())));
    }
    journal.count = facts.size();
  }

  private MessageStatus status() {
    return messages.find("m-1").orElseThrow().status();
  }

  private DatabaseConsumer consumer() {
    var tracking =
        new MessageTracking(
            (record, _) ->
                new Decoding.Understood(
                    facts.get(Math.toIntExact(record.sequence() - 1)).row().build()),
            TrackingSettings.DEFAULT,
            registry);
    return new DatabaseConsumer(
        new DatabaseConsumer.Parts(MessageTracking.NAME, journal, database, tracking, () -> NOW));
  }
}
