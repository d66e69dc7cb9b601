package dev.hooklake.server.cli;

import dev.hooklake.lake.Maintenance;
import dev.hooklake.lake.MaintenanceStep;
import dev.hooklake.lake.MaintenanceStep.Checkpointed;
import dev.hooklake.lake.MaintenanceStep.Compacted;
import dev.hooklake.lake.MaintenanceStep.Configured;
import dev.hooklake.lake.MaintenanceStep.Expired;
import dev.hooklake.lake.MaintenanceStep.Failed;
import dev.hooklake.lake.MaintenanceStep.LogCleaned;
import dev.hooklake.lake.MaintenanceStep.TooLarge;
import dev.hooklake.lake.MaintenanceStep.Vacuumed;
import java.io.PrintWriter;
import java.util.Locale;

/// Tells each step of maintenance in a line.
final class MaintenanceText implements Maintenance.Pace {
  private final PrintWriter out;
  private int steps;
  private int failures;

  MaintenanceText(PrintWriter out) {
    this.out = out;
  }

  int failures() {
    return failures;
  }

  @Override
  public void after(MaintenanceStep step) {
    steps++;
    failures += step instanceof Failed ? 1 : 0;
    out.println(step.table() + ": " + text(step));
    out.flush();
  }

  /// @param nothing what to say when there was no step
  void end(String nothing) {
    if (steps == 0) {
      out.println(nothing);
    }
    out.flush();
  }

  private static String text(MaintenanceStep step) {
    return switch (step) {
      case Configured _ -> "its properties say how long older versions are kept";
      case Expired done ->
          String.format(
              Locale.ROOT,
              "%,d days beyond its retention are gone: %,d rows in %,d files",
              done.days(),
              done.rows(),
              done.files());
      case Compacted done ->
          String.format(
              Locale.ROOT,
              "%,d files of %s are one of %,d rows, %,d KiB instead of %,d",
              done.files(),
              done.partition(),
              done.rows(),
              done.bytesAfter() >> 10,
              done.bytesBefore() >> 10);
      case TooLarge done ->
          String.format(
              Locale.ROOT,
              "%,d files of %s are too much for the memory of a merge; half as much comes next",
              done.files(),
              done.partition());
      case Checkpointed done ->
          String.format(Locale.ROOT, "checkpoint of version %,d", done.version());
      case LogCleaned done ->
          String.format(Locale.ROOT, "%,d old log entries deleted", done.entries());
      case Vacuumed done ->
          String.format(
              Locale.ROOT, "%,d unneeded files deleted, %,d KiB", done.files(), done.bytes() >> 10);
      case Failed done -> "FAILED: " + done.reason();
    };
  }
}
