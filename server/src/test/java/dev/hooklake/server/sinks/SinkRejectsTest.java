package dev.hooklake.server.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SinkRejectsTest {
  private static final int THEIRS = 1_201;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aPersonIsErasedFromHoweverManyRows(TestDatabase engine) throws Exception {
    try (var database = OperationsDatabase.open(engine.empty(directory))) {
      for (int i = 0; i < 2 * THEIRS; i++) {
        put(database, i, i % 2 == 0 ? "dana@customer.example" : "kim@customer.example");
      }
      var rejects = new SinkRejects(database);
      var dana =
          new Person(Set.of("dana@customer.example"), Set.of(), Set.of(), Set.of(), Set.of());

      assertThat(rejects.erase(dana, new PersonRows(Set.of(), Set.of()))).isEqualTo(THEIRS);

      assertThat(rejects.counts()).containsEntry("warehouse", (long) THEIRS);
      assertThat(rejects.list("", 1)).hasSize(1);
    }
  }

  private static void put(OperationsDatabase database, int number, String email) {
    database.change(handle ->
        handle.execute(
            "INSERT INTO sink_rejects (sink, event_id, source, event_key, event, reason,"
                + " rejected_at) VALUES ('warehouse', ?, 's', 'k', ?, 'SQL state 22P05', 0)",
            "id-" + number,
            "{\"email_address\": \"" + email + "\"}"));
  }
}
