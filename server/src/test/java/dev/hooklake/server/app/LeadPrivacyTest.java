package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.app.settings.LogSettings;
import dev.hooklake.server.operations.DatabaseSearch;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Everything that a run with leads leaves behind is searched for people: logs at trace level,
/// metrics, every column of the database and of the lake.
final class LeadPrivacyTest {
  private static final String PATH = "/api/v1/webhooks/c2s?token=example-token";

  /// One CPF that only registers know, and one that a lead wrote down, in both their forms.
  private static final List<String> FOUND_CPF = List.of("52998224725", "529.982.247-25");

  private static final List<String> WRITTEN_CPF = List.of("11144477735", "111.444.777-35");
  private static final List<String> PHONES = List.of("11900000001", "11900000002");
  private static final List<String> EMAILS = List.of("lead1@example.com", "@example.org");
  private static final List<String> SECRETS =
      List.of(
          "example-token",
          LeadServices.CRM_TOKEN,
          LeadServices.PASSWORD,
          LeadServices.REGISTER_TOKEN);

  /// The fakes run in this program too, and what they log is theirs.
  private static final String SERVER_OF_THE_FAKES = "com.sun.net.httpserver";

  @TempDir private Path folder;
  private final LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final LeadServices services = LeadServices.open();

  @BeforeEach
  void listen() {
    Logging.configure(new LogSettings("trace", false));
    logs.getLogger("ROOT").detachAndStopAllAppenders();
    logs.getLogger("ROOT").addAppender(lines);
    lines.setContext(logs);
    lines.start();
  }

  @AfterEach
  void stopListening() {
    services.close();
    logs.getLogger("ROOT").detachAppender(lines);
    logs.getLogger("ROOT").setLevel(Level.OFF);
  }

  @Test
  void peopleAreOnlyWhereTheDocumentationSaysTheyAre() throws Exception {
    var seen = new StringBuilder();
    Path data = folder.resolve("data");
    try (var server = new LeadServer(data, LeadServer.enrichment(services), Map.of())) {
      run(server);
      seen.append(server.metrics().page());
      seen.append(server.admin("/api/v1/leads"));
      server.await("/api/v1/status", page -> page.at("/lake/lagRecords").asLong(0) == 0);
    }
    seen.append(
        List.copyOf(lines.list).stream()
            .filter(line -> !line.getLoggerName().startsWith(SERVER_OF_THE_FAKES))
            .map(LeadPrivacyTest::whole)
            .collect(Collectors.joining("\n")));

    assertThat(lines.list).hasSizeGreaterThan(10);
    assertThat(seen.toString())
        .doesNotContain(FOUND_CPF)
        .doesNotContain(WRITTEN_CPF)
        .doesNotContain(PHONES)
        .doesNotContain(EMAILS)
        .doesNotContain(SECRETS);
    searchDatabase(data.resolve("operations.db"));
    searchLake(data.resolve("lake"));
    assertThat(filesWith(data, FOUND_CPF)).isEmpty();
  }

  private void run(LeadServer server) throws Exception {
    Map<String, String> json = Map.of("Content-Type", "application/json");
    services.finder().next(new Fault.Answered(Reply.text(500, "no such " + FOUND_CPF)));
    services.register().next(new Fault.Answered(Reply.text(500, "no such " + FOUND_CPF)));
    server.post(PATH, json, services.lead("lead-1", "lead1@example.com", "5511900000001"));
    String written = services.lead("lead-2", "b@example.org", "5511900000002");
    server.post(
        PATH,
        json,
        written.replace(
            "\"attributes\":{", "\"attributes\":{\"description\":\"cpf 111.444.777-35\","));
    server.post(PATH, json, "{\"id\":\"52998224725\",\"lead1@example.com\":\"5511900000001\"}");
    server.awaitEnded(2);
    server.await(
        "/api/v1/leads",
        page -> services.crm().notes("lead-1").size() + services.crm().notes("lead-2").size() == 2);
  }

  private static void searchDatabase(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      assertThat(DatabaseSearch.columnsWith(connection, FOUND_CPF)).isEmpty();
      assertThat(DatabaseSearch.columnsWith(connection, WRITTEN_CPF))
          .containsExactly("webhook_events.payload_raw");
      assertThat(DatabaseSearch.columnsWith(connection, PHONES))
          .containsExactly("phones.number", "webhook_events.payload_raw");
      assertThat(DatabaseSearch.columnsWith(connection, EMAILS))
          .containsExactly("emails.email", "webhook_events.payload_raw");
    }
  }

  private static void searchLake(Path root) throws Exception {
    LakeReader reader = LakeReader.open(LakeSettings.in(root));
    assertThat(LakeSearch.columnsWith(reader, WRITTEN_CPF))
        .containsExactly("lead_events.extra", "webhook_landing.body");
    assertThat(LakeSearch.columnsWith(reader, PHONES))
        .isSubsetOf("lead_events.phone", "lead_events.extra", "webhook_landing.body");
    assertThat(LakeSearch.columnsWith(reader, EMAILS))
        .isSubsetOf("lead_events.email_address", "webhook_landing.body");
  }

  /// Journal segments hold one: the body that was refused has it in its text.
  private static List<Path> filesWith(Path data, List<String> needles) throws Exception {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file ->
              Files.isRegularFile(file) && file.getFileName().toString().contains("operations.db"))
          .filter(file -> needles.stream().anyMatch(needle -> holds(file, needle)))
          .toList();
    }
  }

  private static boolean holds(Path file, String needle) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(needle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String whole(ILoggingEvent event) {
    return event.getThreadName()
        + " "
        + event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }
}
