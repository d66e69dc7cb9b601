package dev.hooklake.journal;

import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskLock;
import dev.hooklake.journal.index.RunReport;
import dev.hooklake.journal.index.RunSalvage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The files of a journal that is not open: `hooklake journal verify` and `repair`.
public final class JournalFiles {

  private final JournalDirectory directory;
  private final Disk disk;

  public JournalFiles(Path directory, Disk disk) {
    this.directory = new JournalDirectory(disk, directory);
    this.disk = disk;
  }

  /// Reads everything and changes nothing, not even what a start would mend by itself.
  public JournalReport verify() throws IOException {
    return new JournalReport(
        SegmentCheck.of(directory).verify(), new RunSalvage(disk, directory.path()).verify());
  }

  /// Sets a copy of each damaged file aside in `damaged/` and puts in its place what can be read of
  /// it, so that the journal opens again. Says what was found, and so which sequences are lost.
  public JournalReport repair(InstantSource clock) throws IOException {
    try (DiskLock _ = directory.lock()) {
      JournalReport found = verify();
      directory.deleteLeftovers();
      fillMissing();
      mendSegments();
      mendRuns(found.runs(), clock.millis());
      return found;
    }
  }

  /// Lets the journal go on with this sequence, when consumers have already seen all before it and
  /// the end of the journal is lost: a sequence used twice would be taken for already landed.
  public void skipTo(long nextSequence, InstantSource clock) throws IOException {
    try (DiskLock _ = directory.lock()) {
      List<FoundSegment> found = FoundSegment.all(directory);
      JournalReport report = verify();
      if (found.isEmpty() || !report.sound()) {
        throw new IOException(
            "cannot skip in " + directory.path() + ": repair it first, or it is empty");
      }
      FoundSegment last = found.getLast();
      long lastSequence = report.segments().getLast().lastSequence();
      if (nextSequence <= lastSequence + 1) {
        throw new IOException(
            "the journal already goes on with " + (lastSequence + 1) + "; give a higher sequence");
      }
      SegmentRewrite rewrite = new SegmentRewrite(directory);
      rewrite.rewrite(last, last.header().previousFirstSequence(), lastSequence);
      directory.createSegment(
          new SegmentHeader(
              last.header().journal(), nextSequence, last.firstSequence(), clock.millis(), false));
    }
  }

  /// An empty segment where one is gone, so that the row is unbroken again.
  private void fillMissing() throws IOException {
    List<FoundSegment> found = FoundSegment.all(directory);
    for (int i = 1; i < found.size(); i++) {
      SegmentHeader header = found.get(i).header();
      SegmentHeader before = found.get(i - 1).header();
      if (header.previousFirstSequence() > before.firstSequence()) {
        directory.createSegment(
            new SegmentHeader(
                header.journal(),
                header.previousFirstSequence(),
                before.firstSequence(),
                header.createdAtMillis(),
                true));
      }
    }
  }

  private void mendSegments() throws IOException {
    SegmentCheck check = SegmentCheck.of(directory);
    List<FoundSegment> found = check.found();
    List<JournalReport.Segment> reports = check.verify();
    SegmentRewrite rewrite = new SegmentRewrite(directory);
    for (int i = 0; i < found.size(); i++) {
      if (!reports.get(i).sound()) {
        FoundSegment damaged = found.get(i);
        rewrite.setAside(damaged.path());
        long previous = damaged.header().previousFirstSequence();
        rewrite.rewrite(damaged, previous, reports.get(i).lastSequence());
      }
    }
  }

  private void mendRuns(List<RunReport> runs, long nowMillis) throws IOException {
    SegmentRewrite rewrite = new SegmentRewrite(directory);
    RunSalvage salvage = new RunSalvage(disk, directory.path());
    List<FoundSegment> found = new ArrayList<>(FoundSegment.all(directory));
    for (RunReport run : runs) {
      if (!run.sound() && !found.isEmpty()) {
        rewrite.setAside(run.file());
        salvage.repair(run.file(), found.getFirst().header().journal(), nowMillis);
      }
    }
  }
}
