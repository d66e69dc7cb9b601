package dev.hooklake.journal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A thread each for the writer and the keeper.
///
/// Platform threads: both spend their time in disk calls, which would hold a virtual thread's
/// carrier. They are never interrupted, because that would close the file under them.
final class ThreadCrew implements Crew {

  /// Soon enough for who asks whether the journal takes records again.
  private static final long NANOS_BETWEEN_LOOKS = Duration.ofMillis(500).toNanos();

  private static final long NANOS_BEFORE_KEEPING_AGAIN = Duration.ofMinutes(1).toNanos();

  private final Work work;
  private final long nanosBeforeKeepingAgain;
  private final Thread writer;
  private final Thread keeper;
  private volatile boolean dismissed;
  private volatile boolean keeperDue = true;

  ThreadCrew(Work work) {
    this(work, NANOS_BEFORE_KEEPING_AGAIN);
  }

  ThreadCrew(Work work, long nanosBeforeKeepingAgain) {
    this.work = work;
    this.nanosBeforeKeepingAgain = nanosBeforeKeepingAgain;
    this.writer = Thread.ofPlatform().name("journal-writer").daemon().unstarted(this::writeOn);
    this.keeper = Thread.ofPlatform().name("journal-keeper").daemon().unstarted(this::keepOn);
  }

  ThreadCrew start() {
    writer.start();
    keeper.start();
    return this;
  }

  private void writeOn() {
    long nextLook = System.nanoTime();
    while (!dismissed) {
      if (work.appendsWait()) {
        work.write();
      } else if (work.looksForRoom()) {
        // Whoever wakes it: each look may call the keeper, which calls the writer again.
        long rest = nextLook - System.nanoTime();
        if (rest > 0) {
          LockSupport.parkNanos(this, rest);
        } else {
          work.lookForRoom();
          nextLook = System.nanoTime() + NANOS_BETWEEN_LOOKS;
        }
      } else {
        LockSupport.park(this);
      }
    }
  }

  private void keepOn() {
    while (!dismissed) {
      if (keeperDue) {
        keeperDue = false;
        boolean done = work.keep(() -> dismissed);
        if (work.looksForRoom()) {
          // It may have gone to sleep before the keeper gave the reserve back.
          callWriter();
        }
        if (!done && !keeperDue) {
          LockSupport.parkNanos(this, nanosBeforeKeepingAgain);
          keeperDue = true;
        }
      } else {
        LockSupport.park(this);
      }
    }
  }

  @Override
  public void callWriter() {
    LockSupport.unpark(writer);
  }

  @Override
  public void callKeeper() {
    keeperDue = true;
    LockSupport.unpark(keeper);
  }

  @Override
  public void dismiss() {
    dismissed = true;
    callWriter();
    callKeeper();
    await(writer);
    await(keeper);
  }

  private static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // Closing must not leave a thread behind on files that are about to be closed.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
