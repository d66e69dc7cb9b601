package dev.hooklake.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One consumer of an [EmbeddedJournal]: reads at its own pace, and says what may go.
final class SegmentConsumer implements JournalConsumer {

  private final String name;
  private final EmbeddedJournal journal;
  private LogCursor cursor;

  SegmentConsumer(String name, EmbeddedJournal journal, LogCursor cursor) {
    this.name = name;
    this.journal = journal;
    this.cursor = cursor;
  }

  @Override
  public List<JournalRecord> read(int maxRecords, long maxBytes, Duration wait)
      throws IOException, InterruptedException {
    List<JournalRecord> records = new ArrayList<>();
    if (!journal.awaitAfter(cursor.after(), wait)) {
      return records;
    }
    try {
      fill(records, maxRecords, maxBytes);
    } catch (IOException e) {
      if (records.isEmpty()) {
        throw e;
      }
      // The cursor has moved past these, so they are handed out; the next read meets the trouble.
    }
    return records;
  }

  private void fill(List<JournalRecord> records, int maxRecords, long maxBytes) throws IOException {
    long bytes = 0;
    while (records.size() < maxRecords && bytes < maxBytes) {
      FrameReader frame = cursor.next();
      if (frame == null) {
        return;
      }
      JournalRecord record = frame.record();
      records.add(record);
      bytes += record.payload().remaining();
    }
  }

  @Override
  public void seek(long sequence) throws IOException {
    LogCursor elsewhere = journal.cursor(name, sequence);
    cursor.close();
    cursor = elsewhere;
  }

  @Override
  public void passed(long sequence) {
    journal.passed(name, sequence);
  }
}
