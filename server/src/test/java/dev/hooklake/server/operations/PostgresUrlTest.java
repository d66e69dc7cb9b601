package dev.hooklake.server.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.operations.DatabaseSettings.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://app:p%40ss%3A%2F+1:x@db.example:5433/hooklake?sslmode=require",
        "postgresql://app:p%40ss%3A%2F+1:x@db.example:5433/hooklake?sslmode=require",
        "jdbc:postgresql://db.example:5433/hooklake?user=app&sslmode=require&password=p%40ss%3A%2F+1:x",
      })
  void theFormsThatPeopleHaveMeanTheSame(String url) {
    assertThat(PostgresUrl.parse(url))
        .isEqualTo(
            new Postgres(
                "jdbc:postgresql://db.example:5433/hooklake?sslmode=require",
                "db.example:5433/hooklake",
                "app",
                "p@ss:/+1:x"));
  }

  @Test
  void credentialsMayBeMissing() {
    assertThat(PostgresUrl.parse("postgresql://localhost/hooklake"))
        .isEqualTo(
            new Postgres("jdbc:postgresql://localhost/hooklake", "localhost/hooklake", "", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://app:p4ssword@db/hooklake",
        "postgresql://app:p4ssword@db",
        "postgresql://app:p4ss@word@db/hooklake"
      })
  void anythingElseIsRefusedWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> PostgresUrl.parse(url))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("DB_URL")
        .hasMessageNotContainingAny("p4ss", "mysql");
  }
}
