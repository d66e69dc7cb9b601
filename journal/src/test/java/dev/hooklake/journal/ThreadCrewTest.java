package dev.hooklake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ThreadCrewTest {
  private final Semaphore kept = new Semaphore(0);

  @Test
  void whoIsToKeepAgainWaitsButNotWhenCalledOrDismissed() throws Exception {
    ThreadCrew crew = new ThreadCrew(new AlwaysFailing()).start();
    assertThat(kept.tryAcquire(1, TimeUnit.MINUTES)).as("at the start").isTrue();
    crew.callKeeper();
    assertThat(kept.tryAcquire(30, TimeUnit.SECONDS)).as("when called").isTrue();
    crew.dismiss();
    assertThat(kept.availablePermits()).as("once more at the most").isLessThan(2);
  }

  private final class AlwaysFailing implements Crew.Work {
    @Override
    public boolean appendsWait() {
      return false;
    }

    @Override
    public void write() {
      throw new AssertionError("nothing waits");
    }

    @Override
    public boolean looksForRoom() {
      return false;
    }

    @Override
    public void lookForRoom() {
      throw new AssertionError("there is room");
    }

    @Override
    public boolean keep(BooleanSupplier cancelled) {
      kept.release();
      return false;
    }
  }
}
