package dev.hooklake.server.pipeline;

import dev.hooklake.lake.SimulatedLakes;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongFunction;

/// Runs the history of one seed; what it finds wrong is the answer, empty when nothing is. Spoken
/// to in types of the JDK, across class loaders.
public final class SpineRun implements LongFunction<String> {

  @Override
  public String apply(long seed) {
    var task = new FutureTask<>(() -> found(seed));
    SimulatedLakes.threads().newThread(task).start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulation itself failed", e);
    }
  }

  private static String found(long seed) {
    try {
      new SpineSimulation(seed).run();
      return "";
    } catch (AssertionError | Exception e) {
      return String.valueOf(e.getMessage()).strip();
    }
  }
}
