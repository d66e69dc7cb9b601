package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.reconciliation.ProviderHistory.Naming;
import dev.hooklake.sources.event.Tables;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.GeneratedMessages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names, from a fake provider to the lake's table.
final class NamesTest {
  private static final SqlLimits LIMITS = new SqlLimits(1, 256);

  @TempDir private Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-09-20T10:00:00Z"));

  @Test
  void everyKindOfNameIsRead() throws Exception {
    assertThat(read("app-key"))
        .isInstanceOfSatisfying(
            Naming.Seen.class,
            seen -> {
              assertThat(seen.names()).extracting(ProviderName::key).doesNotHaveDuplicates();
              assertThat(seen.names())
                  .contains(
                      new ProviderName("campaign", 3, 0, "Campaign 3", "running"),
                      new ProviderName("newsletter", 42, 0, "Newsletter 42", "email"),
                      new ProviderName("action", 11, 3, "First email", "email"),
                      new ProviderName("content", 401, 40, "Variant A", ""));
            });
  }

  @Test
  void aKeyThatIsRefusedGivesTheReason() throws Exception {
    assertThat(read("another-key"))
        .isInstanceOfSatisfying(
            Naming.Failed.class, failed -> assertThat(failed.reason()).contains("401"));
  }

  private Naming read(String key) throws InterruptedException {
    InstantSource clock = now::get;
    var messages =
        new GeneratedMessages(
            7, 500, now.get().getEpochSecond() - 86_400, Duration.ofDays(1).toSeconds());
    try (var fake = new CustomerIoFake(messages, "app-key", clock)) {
      var api = CustomerIoApi.of(fake.url(), key, Pace.perSecond(8, Pauses.real()), clock);
      var exports = new CustomerIoExports(api, true, Pauses.real(), clock);
      return new CustomerIoHistory("customerio", api, _ -> true, exports)
          .names(
              List.of(
                  new Parent("campaign", 3),
                  new Parent("newsletter", 40),
                  new Parent("transactional", 1)));
    }
  }

  @Test
  void whatChangedIsWrittenAndWhatIsGoneKeepsItsName() throws Exception {
    LakeSettings settings = LakeSettings.in(folder);
    LakeReader reader = LakeReader.open(settings);
    try (Lake lake = Lake.open(settings, UUID.randomUUID(), now::get)) {
      var names = new LakeNames(lake, reader, LIMITS, now::get);
      var campaign = new ProviderName("campaign", 7, 0, "Welcome", "running");
      var newsletter = new ProviderName("newsletter", 7, 0, "March", "");
      names.keep("customerio", List.of(campaign, newsletter));
      names.keep("eu", List.of(newsletter));
      long version = version(reader);

      now.set(now.get().plusSeconds(60));
      names.keep("customerio", List.of(newsletter, campaign));
      names.keep("customerio", List.of());
      assertThat(version(reader)).isEqualTo(version);

      names.keep("customerio", List.of(new ProviderName("campaign", 7, 0, "Hello", "running")));
      assertThat(
              rows(
                  reader,
                  "SELECT source || ' ' || kind || ' ' || name || ' ' || strftime(seen_at, '%M')"
                      + " FROM provider_names ORDER BY 1"))
          .containsExactly(
              "customerio campaign Hello 01",
              "customerio newsletter March 00",
              "eu newsletter March 00");
    }
  }

  private static long version(LakeReader reader) throws Exception {
    return reader.snapshot(Tables.NAMES).orElseThrow().version();
  }

  private static List<String> rows(LakeReader reader, String sql) throws Exception {
    List<String> rows = new ArrayList<>();
    try (LakeSql tables = LakeSql.open(reader, LIMITS)) {
      tables.query(
          sql,
          List.of(),
          new ResultReader() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void row(List<Object> values) {
              rows.add(String.valueOf(values.getFirst()));
            }

            @Override
            public void end() {}
          });
    }
    return rows;
  }
}
