package dev.hooklake.lake;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Runs what may take its time on a thread of its own, to which Linux gives a tenth of what it
/// gives another one while both want the same core. Elsewhere it is a thread like any other.
///
/// Meant for work in native code: a thread with a small share that runs Java code lets the garbage
/// collector, and with it everybody, wait for it.
final class Background {
  /// By sched(7) each step is about a tenth less, so that ten of them leave a tenth.
  private static final int NICENESS = 10;

  private static final @Nullable MethodHandle NICE = nice();

  /// Work that may fail as files fail.
  interface Work {
    void run() throws IOException;
  }

  private Background() {}

  /// Waits for the work, and fails as it failed; interrupted, it leaves the work to itself.
  static void run(Work work) throws IOException {
    var task =
        new FutureTask<Void>(() -> {
          giveWay();
          work.run();
          return null;
        });
    Thread.ofPlatform().name("lake-background").daemon().start(task);
    try {
      task.get();
    } catch (ExecutionException e) {
      throw told(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while work in the background went on");
    }
  }

  private static IOException told(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException fault) {
      throw fault;
    }
    return cause instanceof IOException failed ? failed : new IOException(cause);
  }

  /// On Linux alone it is about the calling thread; elsewhere about the whole process.
  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle nice() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("nice")
        .map(found -> linker.downcallHandle(found, FunctionDescriptor.of(JAVA_INT, JAVA_INT)))
        .orElse(null);
  }

  private static void giveWay() {
    if (NICE == null) {
      return;
    }
    try {
      int _ = (int) NICE.invokeExact(NICENESS);
    } catch (Throwable e) {
      throw new IllegalStateException("nice(2) cannot be called", e);
    }
  }
}
