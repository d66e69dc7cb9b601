package dev.hooklake.server.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A source event as the journal keeps it: intake writes it, every consumer reads it.
///
/// | field       | encoding                                                             |
/// |-------------|----------------------------------------------------------------------|
/// | version     | one byte, 1                                                          |
/// | received at | seconds since the epoch (8 bytes), nanoseconds (4 bytes)             |
/// | source, event key, path, content type | text each                                  |
/// | headers     | count (2 bytes); of each: name as text, count (2 bytes), values as text |
/// | body        | length (4 bytes), bytes                                              |
///
/// Numbers are big endian; text is a length (4 bytes) and UTF-8.
public final class EventCodec {
  static final byte VERSION = 1;
  private static final int FIXED_BYTES = 1 + 8 + 4 + 4 * 4 + 2 + 4;

  private EventCodec() {}

  /// The event as it goes into the journal, under its key.
  public static Entry entry(SourceEvent event) {
    return new Entry(EventKey.of(event.source(), event.eventKey()), encode(event));
  }

  public static ByteBuffer encode(SourceEvent event) {
    byte[] source = event.source().getBytes(UTF_8);
    byte[] key = event.eventKey().getBytes(UTF_8);
    byte[] path = event.path().getBytes(UTF_8);
    byte[] contentType = event.contentType().getBytes(UTF_8);
    List<byte[]> headers = encodedHeaders(event.headers());
    int size = FIXED_BYTES + source.length + key.length + path.length + contentType.length;
    for (byte[] part : headers) {
      size += part.length;
    }
    ByteBuffer out = ByteBuffer.allocate(Math.addExact(size, event.body().size()));
    out.put(VERSION);
    Instant receivedAt = event.receivedAt();
    out.putLong(receivedAt.getEpochSecond()).putInt(receivedAt.getNano());
    putText(out, source);
    putText(out, key);
    putText(out, path);
    putText(out, contentType);
    out.putShort((short) event.headers().values().size());
    headers.forEach(out::put);
    out.putInt(event.body().size()).put(event.body().unsafeBytes());
    return out.flip();
  }

  /// The event of a record; empty when it was erased. Every consumer may come upon an erased one.
  /// Fails with `UnreadableRecord` as `decode` does.
  public static Optional<SourceEvent> event(JournalRecord record) {
    return record.erased() ? Optional.empty() : Optional.of(decode(record.payload()));
  }

  /// Fails with `UnreadableRecord` when the bytes are not a whole event of a known version.
  public static SourceEvent decode(ByteBuffer payload) {
    ByteBuffer in = payload.slice();
    try {
      return read(in);
    } catch (BufferUnderflowException | DateTimeException e) {
      throw new UnreadableRecord("it ends early or holds an impossible value", e);
    }
  }

  private static SourceEvent read(ByteBuffer in) {
    byte version = in.get();
    if (version != VERSION) {
      throw new UnreadableRecord(
          "it has format version " + version + "; this build reads version " + VERSION, null);
    }
    Instant receivedAt = Instant.ofEpochSecond(in.getLong(), in.getInt());
    String source = text(in);
    String key = text(in);
    String path = text(in);
    String contentType = text(in);
    Headers headers = headers(in);
    byte[] body = bytes(in);
    if (in.hasRemaining()) {
      throw new UnreadableRecord(in.remaining() + " bytes follow its end", null);
    }
    return new SourceEvent(source, key, receivedAt, path, headers, contentType, Payload.wrap(body));
  }

  private static List<byte[]> encodedHeaders(Headers headers) {
    var parts = new ArrayList<byte[]>();
    for (Map.Entry<String, List<String>> header : headers.values().entrySet()) {
      parts.add(framed(header.getKey()));
      parts.add(ByteBuffer.allocate(2).putShort((short) header.getValue().size()).array());
      header.getValue().forEach(value -> parts.add(framed(value)));
    }
    return parts;
  }

  private static Headers headers(ByteBuffer in) {
    int names = Short.toUnsignedInt(in.getShort());
    var values = new TreeMap<String, List<String>>();
    for (int i = 0; i < names; i++) {
      String name = text(in);
      int count = Short.toUnsignedInt(in.getShort());
      var list = new ArrayList<String>();
      for (int j = 0; j < count; j++) {
        list.add(text(in));
      }
      values.put(name, list);
    }
    return new Headers(values);
  }

  private static byte[] framed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  private static void putText(ByteBuffer out, byte[] text) {
    out.putInt(text.length).put(text);
  }

  private static String text(ByteBuffer in) {
    return new String(bytes(in), UTF_8);
  }

  private static byte[] bytes(ByteBuffer in) {
    int length = in.getInt();
    // Checked before the allocation: a wrong length must not ask for gigabytes.
    if (length < 0 || length > in.remaining()) {
      throw new UnreadableRecord("a length of " + length + " points outside it", null);
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
