package dev.hooklake.server.alerts.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.alerts.LandedEvents;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The drift report over a real lake, kept in either database.
@ParameterizedClass
@EnumSource(TestDatabase.class)
final class DriftTest {
  private static final Instant FIRST_DAY = Instant.parse("2026-02-03T09:00:00Z");
  private static final Instant LATER = FIRST_DAY.plus(Duration.ofDays(3));
  private static final Instant NOW = LATER.plus(Duration.ofMinutes(10));

  @TempDir private static Path directory;
  private static OperationsDatabase database;
  private static LandedEvents landed;
  private static Drift drift;

  @Parameter TestDatabase engine;

  @BeforeParameterizedClassInvocation
  static void open(TestDatabase engine) throws Exception {
    Path place = directory.resolve(engine.name());
    database = OperationsDatabase.open(engine.empty(place.resolve("database")));
    landed = new LandedEvents(place.resolve("lake"));
    drift = new Drift(landed.questions(), database, "the lake", () -> Duration.ZERO);
    landed.email(FIRST_DAY, "sent", "\"tone\": \"warm\"");
    landed.email(LATER, "opened", "\"tone\": \"cold\"");
    landed.email(
        LATER, "sent", "\"mood\": \"dana@customer.example\", \"deep\": {\"er\": {\"est\": 7}}");
    landed.email(LATER, "sent", "\"campaign_id\": [\"x\"]");
    landed.email(LATER, "levitated", "");
    landed.email(LATER, "bounced", "");
    landed.email(LATER, "sent", "\"dana@customer.example\": 1, \"+15550100200\": 2");
    landed.body(
        LATER, "{\"event_id\": \"x\", \"object_type\": \"telepathy\", \"metric\": \"sent\"}");
    landed.land();
    drift.look(NOW);
  }

  @AfterParameterizedClassInvocation
  static void close() {
    landed.close();
    database.close();
  }

  @Test
  void aFieldThatCameLaterIsNewAndItsSampleTellsNothing() {
    assertThat(drift.newSince(LATER.minusSeconds(1)))
        .extracting(DriftEntry::name)
        .contains("data.mood", "data.deep.er", "email levitated")
        .doesNotContain("data.tone", "email opened");
    DriftEntry mood = byName().get("data.mood");
    assertThat(mood.kind()).isEqualTo(DriftKind.FIELD);
    assertThat(mood.sample()).isEqualTo("text of 21 characters");
    assertThat(mood.firstSeen()).isEqualTo(LATER);
    assertThat(mood.eventKey()).isEqualTo("e-3");
    assertThat(drift.newSince(LATER)).isEmpty();
  }

  @Test
  void aFieldOfTheFirstDayIsNoNews() {
    DriftEntry tone = byName().get("data.tone");
    assertThat(tone.isNew()).isFalse();
    assertThat(tone.events()).isEqualTo(2);
    assertThat(tone.lastSeen()).isEqualTo(LATER);
  }

  @Test
  void aKnownFieldOfAnotherTypeIsToldAsSuch() {
    assertThat(byName().get("data.campaign_id").kind()).isEqualTo(DriftKind.TYPE);
    assertThat(byName().get("data.campaign_id").sample()).isEqualTo("a list of 1");
  }

  @Test
  void aMetricIsNewUnlessTheProvidersDocumentsNameIt() {
    assertThat(byName().get("email levitated").isNew()).isTrue();
    assertThat(byName().get("email bounced").isNew()).isFalse();
  }

  @Test
  void whatIsNotUnderstoodIsThere() {
    DriftEntry entry = byName().get("OBJECT_TYPE_UNKNOWN");
    assertThat(entry.kind()).isEqualTo(DriftKind.NOT_UNDERSTOOD);
    assertThat(entry.isNew()).isTrue();
  }

  @Test
  void aNameThatMayBePersonalIsNotKept() {
    assertThat(drift.all().toString()).contains("personal").doesNotContain("dana", "15550100200");
  }

  private static Map<String, DriftEntry> byName() {
    List<DriftEntry> all = drift.all();
    return all.stream().collect(Collectors.toMap(DriftEntry::name, Function.identity()));
  }
}
