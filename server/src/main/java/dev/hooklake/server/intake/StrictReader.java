package dev.hooklake.server.intake;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The bytes of a connection, with the chunks of its bodies held to what the HTTP server leaves
/// unchecked. Whatever breaks the rules is answered 400.
///
/// | the HTTP server                                  | here                                   |
/// |--------------------------------------------------|----------------------------------------|
/// | holds a chunk whole, however long it says it is  | it is handed on in pieces, as it comes |
/// | reads the line before a chunk however long it is | it ends soon                           |
/// | takes `+2` for a length                          | hexadecimal digits only                |
/// | skips two bytes behind a chunk, whatever they are | the two are a line's end              |
final class StrictReader extends DataReader {
  private static final int PIECE_BYTES = 16 << 10;
  private static final int LONGEST_LINE = 256;
  private static final Pattern LENGTH = Pattern.compile("[0-9a-fA-F]{1,15}");

  private long leftOfChunk;
  private boolean withinChunk;
  private boolean lastChunk;

  @SuppressWarnings("removal") // Its factory method makes nothing that can be extended.
  StrictReader(Supplier<byte[]> bytes) {
    super(bytes);
  }

  /// The length of a chunk or of the next piece of it; after the last chunk what stands before the
  /// end.
  @Override
  public String readLine() {
    if (lastChunk) {
      lastChunk = false;
      return shortLine();
    }
    if (leftOfChunk == 0) {
      String length = shortLine();
      if (!LENGTH.matcher(length).matches()) {
        throw malformed("the length of a chunk is none");
      }
      leftOfChunk = Long.parseLong(length, 16);
      lastChunk = leftOfChunk == 0;
    }
    return Long.toHexString(Math.min(leftOfChunk, PIECE_BYTES));
  }

  private String shortLine() {
    int length = findNewLine(LONGEST_LINE);
    if (length == LONGEST_LINE) {
      throw malformed("a line between chunks does not end");
    }
    String line = readAsciiString(length);
    skip(2);
    return line;
  }

  @Override
  public BufferData readBuffer(int length) {
    BufferData data = getBuffer(length);
    super.skip(length);
    leftOfChunk = Math.max(0, leftOfChunk - length);
    withinChunk = leftOfChunk > 0;
    return data;
  }

  /// Two bytes are skipped as the end of a line only.
  @Override
  public void skip(int length) {
    if (withinChunk) {
      withinChunk = false;
      return;
    }
    if (length == 2 && !startsWithNewLine()) {
      throw malformed("a chunk does not end where it says");
    }
    super.skip(length);
  }

  private static RequestException malformed(String message) {
    return RequestException.builder().type(EventType.BAD_REQUEST).message(message).build();
  }
}
