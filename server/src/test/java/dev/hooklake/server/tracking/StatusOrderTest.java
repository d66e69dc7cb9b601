package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// However the events of a message come, and whenever it is registered, it ends in the same row.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class StatusOrderTest {
  private static final Instant START = Lives.START;

  @Parameter TestDatabase engine;
  @TempDir Path directory;

  private OperationsDatabase database;
  private Messages messages;
  private final Mappings mappings = new Mappings(TrackingSettings.DEFAULT);
  private final StatusUpdates updates = new StatusUpdates(mappings);
  private final Registrar registrar = new Registrar(mappings);

  @BeforeEach
  void open() {
    database = OperationsDatabase.open(engine.empty(directory));
    messages = new Messages(database, TrackingSettings.DEFAULT, ErrorCodes.shipped(), () -> START);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /// Each word is an event one minute after the one before; `=` puts it at the same time. One event
  /// comes twice, and registering the message is one more step of each permutation.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "queued sent delivered delivered",
        "sent delivered undelivered sent",
        "sent undelivered delivered undelivered",
        "sent delivered =failed delivered",
        "sent failed =undelivered =undelivered",
        "delivered bounced opened bounced",
        "delivered spammed clicked spammed",
        "deferred clicked delivered deferred",
        "bounced dropped canceled bounced",
        "spammed unsubscribed unsubscribed",
      })
  void everyOrderEndsInTheSameRow(String life) {
    List<String> steps = new ArrayList<>(List.of(life.split(" ", -1)));
    List<List<Integer>> orders = permutations(steps.size() + 1);

    database.change(handle -> {
      for (int i = 0; i < orders.size(); i++) {
        play(handle, i, facts(life, externalId(i)), orders.get(i));
      }
    });

    List<StatusModel> rows =
        IntStream.range(0, orders.size())
            .mapToObj(i -> StatusModel.of(messages.find(Lives.id(i)).orElseThrow()))
            .distinct()
            .toList();
    assertThat(rows).containsExactly(StatusModel.of(facts(life, externalId(0)), START));
  }

  private void play(Handle handle, int message, List<Fact> facts, List<Integer> order) {
    for (int step : order) {
      if (step == facts.size()) {
        OutgoingMessage email = EmailMessages.of(Lives.id(message), externalId(message));
        registrar.register(handle, List.of(email), START);
      } else {
        updates.apply(handle, List.of(facts.get(step).event()), START);
      }
    }
  }

  private static ExternalId externalId(int message) {
    return new ExternalId("resend", "re-" + message);
  }

  private static List<Fact> facts(String life, ExternalId externalId) {
    List<Fact> facts = new ArrayList<>();
    Instant at = START;
    for (String word : life.split(" ", -1)) {
      boolean same = word.startsWith("=");
      at = same ? at : at.plusSeconds(60);
      String metric = same ? word.substring(1) : word;
      facts.add(Fact.of(externalId, metric, at).because("because " + metric));
    }
    return facts;
  }

  private static List<List<Integer>> permutations(int size) {
    Stream<List<Integer>> orders = Stream.of(List.of());
    for (int step = 0; step < size; step++) {
      int next = step;
      orders =
          orders.flatMap(order ->
              IntStream.rangeClosed(0, next)
                  .mapToObj(i -> {
                    List<Integer> longer = new ArrayList<>(order);
                    longer.add(i, next);
                    return List.copyOf(longer);
                  }));
    }
    return orders.toList();
  }
}
