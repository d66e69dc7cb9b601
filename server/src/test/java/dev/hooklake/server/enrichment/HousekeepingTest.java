package dev.hooklake.server.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.enrichment.contact.Cpf;
import dev.hooklake.server.enrichment.vault.Vault;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.pipeline.BackOff;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class HousekeepingTest {
  private static final Cpf CPF = Cpf.parse("52998224725").orElseThrow();

  private final ManualClock clock = new ManualClock();
  private final LeadFakes fakes = LeadFakes.fair();
  private final LeadWorld world;

  HousekeepingTest(TestDatabase engine, @TempDir Path directory) {
    world =
        new LeadWorld(engine.empty(directory), fakes.services(), LeadWorld.Wishes.usual(), clock);
  }

  @AfterEach
  void close() {
    world.close();
    fakes.close();
  }

  @Test
  void onlyTheNewestEndedEventsAreKept() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(1));
      ids.add(ended("lead-" + i));
    }
    String open = world.arrive(lead("still-open")).getFirst();
    housekeeping(2, world.vault).run();

    assertThat(remaining()).containsExactlyInAnyOrder(ids.get(3), ids.get(4), open);
    assertThat(world.count("lead_steps")).isEqualTo(2 * StepName.values().length);
  }

  @Test
  void whatIsTooOldGoesWithThePeopleAndTheirContacts() throws Exception {
    ended("lead-1");
    assertThat(world.count("parties")).isEqualTo(1);
    clock.advance(Duration.ofDays(91));
    housekeeping(1_000, world.vault).run();

    for (String table :
        List.of(
            "webhook_events", "lead_steps", "lead_notes", "leads", "parties", "emails", "phones")) {
      assertThat(world.count(table)).as(table).isZero();
    }
    assertThat(world.count("lookup_audit")).isEqualTo(3);
  }

  /// No job ever ends them there, so that their age is all there is.
  @Test
  void whereNothingIsEnrichedEventsGoByTheirAgeAndLeadsWithThem() {
    world.arrive(lead("old"));
    String stuck = world.arrive(lead("under-way-when-it-was-switched-off")).getFirst();
    world.database.change(handle ->
        handle.execute("UPDATE webhook_events SET status = 'processing' WHERE id = ?", stuck));
    clock.advance(Duration.ofDays(91));
    String young = world.arrive(lead("young")).getFirst();
    new LeadRetention(world.database, Duration.ofDays(90), clock).run();

    assertThat(remaining()).containsExactly(young);
    assertThat(world.count("leads")).isEqualTo(1);
  }

  @Test
  void whatIsSealedUnderAnOlderKeyIsSealedAnewSoThatTheKeyMayGo() throws Exception {
    ended("lead-1");
    var changing = new Vault(List.of(LeadWorld.key(8), LeadWorld.key(7)), new SecureRandom());
    housekeeping(1_000, changing).run();
    var changed = new Vault(List.of(LeadWorld.key(8)), new SecureRandom());

    String party =
        world.database.read(handle -> new Parties(changed).byCpf(handle, CPF).orElseThrow());
    assertThat(
            world.database.<Cpf, RuntimeException>read(
                handle -> new Parties(changed).cpf(handle, party)))
        .isEqualTo(CPF);
  }

  @Test
  void aValueWhoseKeyIsGoneDoesNotKeepTheOthersFromBeingSealedAnew() throws Exception {
    ended("lead-1");
    world.database.change(handle -> handle.execute("UPDATE parties SET cpf_sealed = 'gone:AAAA'"));
    String other =
        world.arrive(fakes.lead("b", "2026-01-05T08:00:00Z", "lead2@example.com", "")).getFirst();
    world.finish(world.enrichment(new SilentMoments()), other);
    var changing = new Vault(List.of(LeadWorld.key(8), LeadWorld.key(7)), new SecureRandom());
    housekeeping(1_000, changing).run();

    List<String> keys =
        world.database.read(handle ->
            handle
                .createQuery("SELECT cpf_sealed FROM parties")
                .map((rs, _) -> rs.getString(1).replaceFirst(":.*", ":"))
                .list());
    assertThat(keys).containsExactlyInAnyOrder("gone:", changing.currentPrefix());
  }

  private Housekeeping housekeeping(int kept, Vault vault) {
    var queue =
        new Queue(
            3,
            new BackOff(Duration.ofMillis(1), Duration.ofMillis(5)),
            Duration.ofDays(1),
            kept,
            kept,
            1);
    return new Housekeeping(world.database, queue, Housekeeping.Retention.DEFAULT, vault, clock);
  }

  private String ended(String lead) throws InterruptedException {
    String id = world.arrive(lead(lead)).getFirst();
    world.finish(world.enrichment(new SilentMoments()), id);
    return id;
  }

  private String lead(String id) {
    return fakes.lead(id, "2026-01-05T08:00:00Z", "lead1@example.com", "5511900000001");
  }

  private List<String> remaining() {
    return world.database.read(
        handle -> handle.createQuery("SELECT id FROM webhook_events").mapTo(String.class).list());
  }
}
