package dev.hooklake.server.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A fault of ours in a run whose event another run has taken up meanwhile.
class FaultedRunTest {
  @TempDir private Path directory;

  /// One server took the event for abandoned by another, which then meets a fault.
  @ParameterizedTest
  @EnumSource
  void aFaultOfARunThatLostItsEventChangesNothing(TestDatabase engine) throws Exception {
    try (LeadFakes fakes = LeadFakes.fair();
        LeadWorld world =
            new LeadWorld(
                engine.empty(directory),
                fakes.services(),
                LeadWorld.Wishes.usual(),
                InstantSource.system())) {
      String id =
          world
              .arrive(fakes.lead("a", "2026-01-15T10:00:00.000-03:00", "lead1@example.com", ""))
              .getFirst();
      Enrichment early = world.enrichment(new TakenUpByAnother(world, id));
      Faulted fault = catchThrowableOfType(Faulted.class, () -> early.run(id));

      assertThat(early.faulted(id, fault.run(), fault.fault())).isEqualTo(new Next.Nothing());
      assertThat(world.event(id).attempts()).isZero();
      assertThat(world.event(id).errorMessage()).isNull();
      assertThat(early.faulted(id, fault.run() + 1, fault.fault())).isInstanceOf(Next.At.class);
      assertThat(world.event(id).attempts()).isEqualTo(1);
    }
  }

  /// Fails in the first step, just after another run has begun.
  private static final class TakenUpByAnother extends SilentMoments {
    private final LeadWorld world;
    private final String event;

    TakenUpByAnother(LeadWorld world, String event) {
      this.world = world;
      this.event = event;
    }

    @Override
    public void begins(StepName step) {
      world.database.change(
          handle -> handle.execute("UPDATE webhook_events SET run = run + 1 WHERE id = ?", event));
      throw new IllegalStateException("a fault of ours");
    }
  }
}
