package dev.hooklake.server.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Dies at every moment of an enrichment, one after the other, and goes on: each lead comes to its
/// end, with one note.
class KilledEnrichmentTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whereverItDiesTheLeadComesToItsEndWithOneNote(TestDatabase engine) throws Exception {
    try (LeadFakes fakes = LeadFakes.fair();
        LeadWorld world =
            new LeadWorld(
                engine.empty(directory),
                fakes.services(),
                LeadWorld.Wishes.usual(),
                InstantSource.system())) {
      int moments = momentsOf(world, fakes);
      List<String> wrong = new ArrayList<>();
      for (int moment = 0; moment < moments; moment++) {
        String lead = "lead-" + moment;
        String id = world.arrive(twoPeople(fakes, lead)).getFirst();
        var killed = new KilledAt(moment);
        boolean died = dies(world.enrichment(killed), id);
        StoredEvent event = world.finish(world.enrichment(new SilentMoments()), id);
        boolean whole =
            died
                && event.outcome() == Outcome.ENRICHED
                && fakes.crm.notes(lead).size() == 1
                && world.steps(id).size() == StepName.values().length;
        if (!whole) {
          wrong.add(moment + ": " + event + ", notes " + fakes.crm.notes(lead).size());
        }
      }

      assertThat(moments).isGreaterThan(3 * StepName.values().length);
      assertThat(wrong).isEmpty();
      assertThat(open(world)).isZero();
    }
  }

  private static int momentsOf(LeadWorld world, LeadFakes fakes) throws InterruptedException {
    var counted = new KilledAt(-1);
    world.finish(world.enrichment(counted), world.arrive(twoPeople(fakes, "counted")).getFirst());
    return counted.passed();
  }

  private static String twoPeople(LeadFakes fakes, String lead) {
    return fakes.lead(lead, "2026-01-15T10:00:00-03:00", "lead2@example.com", "5511900000001");
  }

  private static boolean dies(Enrichment enrichment, String id) throws InterruptedException {
    try {
      enrichment.run(id);
      return false;
    } catch (KilledAt.Killed e) {
      return true;
    }
  }

  private static int open(LeadWorld world) {
    return world.database.read(handle ->
        handle
            .createQuery(
                "SELECT COUNT(*) FROM webhook_events"
                    + " WHERE status IN ('received', 'processing')")
            .mapTo(int.class)
            .one());
  }
}
