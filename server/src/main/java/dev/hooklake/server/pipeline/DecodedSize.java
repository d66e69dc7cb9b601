package dev.hooklake.server.pipeline;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.sources.event.Row;
import java.util.List;

/// What an event counts for in a batch: its bytes in the journal, and its long texts as they are in
/// memory.
///
/// A body is there twice, in landing and as columns, and takes two bytes a character as soon as one
/// of them is beyond Latin-1: up to five times what the journal holds. Short texts count in the
/// journal only. There the number of rows is the limit, and looking at each would cost more.
final class DecodedSize {
  private static final int LONG_TEXT = 1024;
  private static final int LAST_OF_LATIN_1 = 0xFF;

  private DecodedSize() {}

  static long of(JournalRecord record, List<SequencedRow> rows) {
    long bytes = record.payload().remaining();
    for (SequencedRow row : rows) {
      bytes += longTexts(row.row());
    }
    return bytes;
  }

  private static long longTexts(Row row) {
    long bytes = 0;
    for (int i = 0; i < row.table().columns().size(); i++) {
      if (row.value(i) instanceof String text && text.length() > LONG_TEXT) {
        bytes += isLatin1(text) ? text.length() : 2L * text.length();
      }
    }
    return bytes;
  }

  private static boolean isLatin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > LAST_OF_LATIN_1) {
        return false;
      }
    }
    return true;
  }
}
