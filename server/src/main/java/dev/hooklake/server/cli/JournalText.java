package dev.hooklake.server.cli;

import dev.hooklake.journal.JournalReport;
import dev.hooklake.journal.JournalReport.Loss;
import dev.hooklake.journal.JournalReport.Segment;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What was found in a journal, in words.
final class JournalText {
  private JournalText() {}

  static void requireJournal(Path journal) {
    if (!Files.isDirectory(journal)) {
      throw new CommandFailure("there is no journal in " + journal + "; name another --data");
    }
  }

  static void print(JournalReport report, PrintWriter out) {
    report.segments().forEach(segment -> print(segment, out));
    report.runs().stream()
        .filter(run -> !run.sound())
        .forEach(run ->
            out.println(
                run.file().getFileName() + ": DAMAGED: " + String.join("; ", run.damage())));
    long records = report.segments().stream().mapToLong(Segment::records).sum();
    long lost =
        report.segments().stream()
            .flatMap(segment -> segment.losses().stream())
            .mapToLong(loss -> loss.lastSequence() - loss.firstSequence() + 1)
            .sum();
    out.printf(
        Locale.ROOT,
        "%,d records in %d segments can be read; %,d cannot%n",
        records,
        report.segments().size(),
        lost);
    out.println(report.sound() ? "The journal is sound." : "The journal is DAMAGED.");
    out.flush();
  }

  private static void print(Segment segment, PrintWriter out) {
    String name = String.valueOf(segment.file().getFileName());
    if (!segment.headerProblem().isEmpty()) {
      out.println(name + ": DAMAGED: " + segment.headerProblem());
    }
    for (Loss loss : segment.losses()) {
      out.printf(
          Locale.ROOT,
          "%s at byte %d: records %d to %d are LOST: %s%n",
          name,
          loss.offset(),
          loss.firstSequence(),
          loss.lastSequence(),
          loss.reason());
    }
    if (segment.tornBytes() > 0) {
      out.printf(
          Locale.ROOT,
          "%s: %d bytes of an unfinished write at the end, never acknowledged%n",
          name,
          segment.tornBytes());
    }
  }
}
