package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.tracking.StatusUpdates.Tally;
import dev.hooklake.sources.event.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// How events find their messages, by each strategy and from either side.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class MappingTest {
  private static final Instant NOW = Lives.START;
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final String RECIPIENT = "dana@customer.example";

  @Parameter TestDatabase engine;
  @TempDir Path directory;

  private OperationsDatabase database;

  @BeforeEach
  void open() {
    database = OperationsDatabase.open(engine.empty(directory));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anEventWaitsForTheRegistrationOfItsExternalId() {
    Tracking tracking = new Tracking(MappingStrategy.DATABASE);

    assertThat(tracking.apply(event("re-1", null, 1))).isEqualTo(new Tally(0, 1));
    tracking.register("m-1", new ExternalId("resend", "re-1"));

    assertThat(tracking.status("m-1")).isEqualTo(MessageStatus.SENT);
    assertThat(waiting()).isZero();
  }

  @Test
  void withoutTheStrategyOurOwnIdInAnEventMapsNothing() {
    Tracking tracking = new Tracking(MappingStrategy.DATABASE);
    tracking.register("m-1");

    assertThat(tracking.apply(event("re-1", "m-1", 1))).isEqualTo(new Tally(0, 1));
  }

  @Test
  void ourOwnIdInAnEventMapsItsExternalIdForAllLaterEvents() {
    Tracking tracking = new Tracking(MappingStrategy.EMBEDDED);
    tracking.register("m-1");

    Tally tally = tracking.apply(event("re-1", null, 1), event("re-1", "m-1", 2));

    assertThat(tally).isEqualTo(new Tally(2, 0));
    assertThat(tracking.sentAt("m-1")).isEqualTo(NOW.plusSeconds(1));
    assertThat(tracking.apply(event("re-1", null, 3))).isEqualTo(new Tally(1, 0));
  }

  @Test
  void anEventWithOurOwnIdWaitsForTheRegistrationOfTheMessage() {
    Tracking tracking = new Tracking(MappingStrategy.EMBEDDED);

    tracking.apply(event("re-1", "m-1", 1));
    tracking.register("m-1");

    assertThat(tracking.status("m-1")).isEqualTo(MessageStatus.SENT);
    assertThat(tracking.apply(event("re-1", null, 3))).isEqualTo(new Tally(1, 0));
  }

  @Test
  void theOnlyMessageOfTheWindowIsTheOne() {
    Tracking tracking = new Tracking(MappingStrategy.TIMESTAMP);
    tracking.register("m-1");

    assertThat(tracking.apply(event("re-1", null, WINDOW.toSeconds()))).isEqualTo(new Tally(1, 0));
    assertThat(tracking.status("m-1")).isEqualTo(MessageStatus.SENT);
  }

  @Test
  void aMessageOutsideTheWindowIsNot() {
    Tracking tracking = new Tracking(MappingStrategy.TIMESTAMP);
    tracking.register("m-1");

    assertThat(tracking.apply(event("re-1", null, WINDOW.toSeconds() + 1)))
        .isEqualTo(new Tally(0, 1));
  }

  @Test
  void ofTwoMessagesInTheWindowNeitherIsTaken() {
    Tracking tracking = new Tracking(MappingStrategy.TIMESTAMP);
    tracking.register("m-1");
    tracking.register("m-2");

    assertThat(tracking.apply(event("re-1", null, 1))).isEqualTo(new Tally(0, 1));
  }

  @Test
  void aMessageThatHasAnExternalIdIsNoCandidate() {
    Tracking tracking = new Tracking(MappingStrategy.TIMESTAMP);
    tracking.register("m-1", new ExternalId("resend", "re-1"));
    tracking.register("m-2");

    tracking.apply(event("re-2", null, 1));

    assertThat(tracking.status("m-1")).isEqualTo(MessageStatus.REGISTERED);
    assertThat(tracking.status("m-2")).isEqualTo(MessageStatus.SENT);
  }

  @Test
  void theOnlyEventThatWaitsInTheWindowIsTakenByANewMessage() {
    Tracking tracking = new Tracking(MappingStrategy.TIMESTAMP);

    tracking.apply(event("re-1", null, 1));
    tracking.register("m-1");

    assertThat(tracking.status("m-1")).isEqualTo(MessageStatus.SENT);
  }

  @Test
  void ofTwoThatWaitInTheWindowNeitherIsTaken() {
    Tracking tracking = new Tracking(MappingStrategy.TIMESTAMP);

    tracking.apply(event("re-1", null, 1), event("re-2", null, 1));
    tracking.register("m-1");

    assertThat(tracking.status("m-1")).isEqualTo(MessageStatus.REGISTERED);
    assertThat(waiting()).isEqualTo(2);
  }

  @Test
  void nothingWaitsBeyondRetentionAndLimit() {
    var settings = new TrackingSettings(MappingStrategy.DATABASE, WINDOW, Duration.ofHours(1), 2);
    var updates = new StatusUpdates(new Mappings(settings));
    List<Integer> dropped = new ArrayList<>();
    database.change(handle -> {
      for (int minute = 0; minute < 5; minute++) {
        updates.apply(handle, List.of(event("re-" + minute, null, 60L * minute)), NOW);
      }
      dropped.add(WaitingLimits.enforce(handle, settings, NOW.plus(Duration.ofMinutes(5))));
      dropped.add(WaitingLimits.enforce(handle, settings, NOW.plus(Duration.ofMinutes(5))));
      dropped.add(WaitingLimits.enforce(handle, settings, NOW.plus(Duration.ofMinutes(64))));
    });

    assertThat(dropped).containsExactly(3, 0, 1);
    assertThat(waiting()).isEqualTo(1);
  }

  private long waiting() {
    return database.read(handle ->
        handle.createQuery("SELECT count(*) FROM waiting_statuses").mapTo(long.class).one());
  }

  private static StatusEvent event(String id, @Nullable String reference, long second) {
    Instant at = NOW.plusSeconds(second);
    StatusEvent plain =
        StatusEvent.of(
                Fact.of(new ExternalId("resend", id), "sent", at)
                    .row()
                    .set("recipient", RECIPIENT)
                    .build())
            .orElseThrow();
    return new StatusEvent(
        plain.externalId(),
        plain.channel(),
        plain.recipientKey(),
        reference,
        plain.metric(),
        plain.status(),
        plain.action(),
        plain.times(),
        plain.failure(),
        plain.cost());
  }

  private final class Tracking {
    private final StatusUpdates updates;
    private final Messages messages;

    Tracking(MappingStrategy strategy) {
      var settings = new TrackingSettings(strategy, WINDOW, Duration.ofDays(1), 100);
      updates = new StatusUpdates(new Mappings(settings));
      messages = new Messages(database, settings, ErrorCodes.shipped(), () -> NOW);
    }

    Tally apply(StatusEvent... events) {
      return database.write(handle -> updates.apply(handle, List.of(events), NOW));
    }

    void register(String id, ExternalId... externalIds) {
      messages.register(
          new OutgoingMessage(
              id, null, null, Channel.EMAIL, RECIPIENT, null, NOW, List.of(externalIds)));
    }

    MessageStatus status(String id) {
      return messages.find(id).orElseThrow().status();
    }

    @Nullable Instant sentAt(String id) {
      return messages.find(id).orElseThrow().times().sent();
    }
  }
}
