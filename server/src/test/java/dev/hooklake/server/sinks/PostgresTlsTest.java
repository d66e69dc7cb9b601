package dev.hooklake.server.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.fake.Certificate;
import dev.hooklake.server.operations.TargetAway;
import dev.hooklake.server.sinks.JdbcTarget.Upsert;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A warehouse that is reached over real TLS, with the settings of its driver in the URL.
class PostgresTlsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

  @TempDir private static Path folder;
  private static Certificate itsOwn;
  private static EmbeddedPostgres warehouse;

  @BeforeAll
  static void start() throws Exception {
    itsOwn = Certificate.of(folder, "ip:127.0.0.1");
    warehouse =
        EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", itsOwn.pem().toString())
            .setServerConfig("ssl_key_file", itsOwn.keyPem().toString())
            .setPGStartupWait(Duration.ofMinutes(1))
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    warehouse.close();
  }

  @Test
  void rowsGoOverTlsToAServerWhoseCertificateIsChecked() throws Exception {
    try (Sink sink = sink("127.0.0.1", itsOwn)) {
      assertThat(sink.write(List.of(row()))).isEmpty();
      assertThat(
              count(
                  "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                      + " WHERE ssl AND application_name = 'the sink'"))
          .isEqualTo(1);
      assertThat(count("SELECT count(*) FROM hooklake_events")).isEqualTo(1);
    }
  }

  @Test
  void aCertificateOfNobodyThatIsTrustedIsRefused() throws Exception {
    assertRefused(sink("127.0.0.1", Certificate.of(folder, "ip:127.0.0.1,dns:localhost")));
  }

  @Test
  void aTrustedCertificateOfAnotherHostIsRefused() {
    assertRefused(sink("localhost", itsOwn));
  }

  private static void assertRefused(Sink sink) {
    try (sink) {
      assertThatThrownBy(() -> sink.write(List.of(row())))
          .isInstanceOf(TargetAway.class)
          .hasMessageContaining("SQL state 08");
    }
  }

  private static Sink sink(String host, Certificate trusted) {
    try {
      String url =
          "jdbc:postgresql://%s:%d/postgres?sslmode=verify-full&sslrootcert=%s&ApplicationName=%s"
              .formatted(host, warehouse.getPort(), trusted.pem(), "the%20sink");
      return new JdbcTarget(
              url, "postgres", "postgres", "hooklake_events", null, Upsert.ON_CONFLICT)
          .open("warehouse");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static SinkRow row() {
    return new SinkRow(
        "customerio",
        "e-1",
        "email.sent",
        null,
        null,
        null,
        null,
        NOW,
        NOW,
        "{\"metric\":\"sent\"}");
  }

  private static long count(String sql) throws Exception {
    try (Connection connection = warehouse.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
