package dev.hooklake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ThreadCrewTest {
  private final Semaphore kept = new Semaphore(0);
  private final Semaphore looks = new Semaphore(0);
  private final AlwaysFailing work = new AlwaysFailing();

  @Test
  void whoIsToKeepAgainWaitsButNotWhenCalledOrDismissed() throws Exception {
    ThreadCrew crew = new ThreadCrew(work).start();
    assertThat(kept.tryAcquire(1, TimeUnit.MINUTES)).as("at the start").isTrue();
    crew.callKeeper();
    assertThat(kept.tryAcquire(30, TimeUnit.SECONDS)).as("when called").isTrue();
    crew.dismiss();
    assertThat(kept.availablePermits()).as("once more at the most").isLessThan(2);
  }

  @Test
  void whatFailedIsTriedAgainThoughNobodyCalls() throws Exception {
    ThreadCrew crew = new ThreadCrew(work, TimeUnit.MILLISECONDS.toNanos(10)).start();
    assertThat(kept.tryAcquire(4, 1, TimeUnit.MINUTES)).isTrue();
    crew.dismiss();
  }

  /// Each look calls the keeper, whose work makes no room.
  @Test
  void onAFullDiskTheWriterRestsBetweenLooksWhateverTheKeeperDoes() throws Exception {
    work.full = true;
    var crew = new ThreadCrew(work);
    work.onLook = crew::callKeeper;
    crew.start();
    assertThat(looks.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
    long start = System.nanoTime();
    assertThat(looks.tryAcquire(4, 1, TimeUnit.MINUTES)).isTrue();
    crew.dismiss();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
  }

  private final class AlwaysFailing implements Crew.Work {
    private volatile boolean full;
    private volatile Runnable onLook = () -> {};

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
      return full;
    }

    @Override
    public void lookForRoom() {
      looks.release();
      onLook.run();
    }

    @Override
    public boolean keep(BooleanSupplier cancelled) {
      kept.release();
      return false;
    }
  }
}
