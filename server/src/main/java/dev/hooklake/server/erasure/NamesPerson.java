package dev.hooklake.server.erasure;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.RowText;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.UnreadableRecord;
import dev.hooklake.sources.SourceEvent;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tells whether a row of the lake, or a record of the journal, names a person.
final class NamesPerson implements Predicate<RowText> {
  private static final Set<String> CUSTOMER_IDS = Set.of("customer_id", "person_id");
  private static final String CIO_ID = "cio_id";
  private static final String BODY = "body";
  private static final String BODY_ENCODING = "body_encoding";

  /// Columns of words of ours, in every row.
  private static final Set<String> OUR_WORDS =
      Set.of("source", "metric", "object_type", "reason", BODY_ENCODING);

  private final Person person;
  private final Traces traces;

  NamesPerson(Person person) {
    this.person = person;
    traces = new Traces(person);
  }

  @Override
  public boolean test(RowText row) {
    for (String column : row.columns()) {
      String value = OUR_WORDS.contains(column) ? null : row.value(column);
      if (value != null && isIn(row, column, value)) {
        return true;
      }
    }
    return false;
  }

  private boolean isIn(RowText row, String column, String value) {
    if (CUSTOMER_IDS.contains(column) && person.customerIds().contains(value)) {
      return true;
    }
    if (column.equals(CIO_ID) && person.cioIds().contains(value)) {
      return true;
    }
    byte[] bytes = column.equals(BODY) ? base64(row.value(BODY_ENCODING), value) : null;
    return bytes == null ? traces.in(value) : traces.in(bytes);
  }

  /// The body's own bytes where it is not text.
  private static byte @Nullable [] base64(@Nullable String encoding, String body) {
    return "base64".equals(encoding) ? Base64.getDecoder().decode(body) : null;
  }

  /// In its path, headers, key or body.
  boolean in(JournalRecord record) {
    try {
      SourceEvent event = EventCodec.decode(record.payload());
      return traces.in(event.body().unsafeBytes())
          || traces.in(event.eventKey())
          || traces.in(event.path())
          || event.headers().values().values().stream().flatMap(List::stream).anyMatch(traces::in);
    } catch (UnreadableRecord e) {
      ByteBuffer payload = record.payload().slice();
      byte[] bytes = new byte[payload.remaining()];
      payload.get(bytes);
      return traces.in(bytes);
    }
  }

  /// In a file of any kind, such as a damaged one.
  boolean in(byte[] bytes) {
    return traces.in(bytes);
  }
}
