package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.sinks.SinkRejects;
import dev.hooklake.server.sinks.Sinks;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How sinks stand, over real HTTP.
final class SinkRoutesTest {
  private static final String SINKS = "/api/v1/sinks";

  @TempDir private Path directory;

  @Test
  void everyDocumentedAnswerIsGiven() throws Exception {
    OperationsDatabase database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    var routes = new SinkRoutes(new Sinks(List.of(), new SinkRejects(database))).all();
    var given = new TreeMap<String, Integer>();
    try (var admin = new AdminUnderTest(directory, routes)) {
      given.put("GET " + SINKS + " 200", admin.get(SINKS).statusCode());
      given.put("GET " + SINKS + " 401", admin.sendWithoutToken("GET", SINKS).statusCode());
      database.close();
      given.put("GET " + SINKS + " 503", admin.get(SINKS).statusCode());
    }

    assertThat(given).allSatisfy((answer, status) -> assertThat(answer).endsWith(" " + status));
    assertThat(given.keySet()).isEqualTo(new OpenApi("admin").answersOf(List.of(SINKS)));
  }
}
