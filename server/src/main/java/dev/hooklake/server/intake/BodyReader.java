package dev.hooklake.server.intake;

import dev.hooklake.sources.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// Reads a body whole or says why not, never holding more than the limit of it.
///
/// Signatures are over the decompressed bytes, so decompression happens here, under the same limit.
final class BodyReader {
  private static final int FIRST_BYTES = 16 << 10;

  /// How many times the limit is read and thrown away before an answer goes out: a client that is
  /// cut off while it still sends sees a reset connection instead of the 413.
  private static final int DRAINED_LIMITS = 4;

  private final int maxBytes;

  BodyReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// @param declaredBytes the length the client announced, -1 when it did not
  Body read(InputStream in, long declaredBytes, BodyEncoding encoding, ByteBudget.Share memory)
      throws IOException {
    if (encoding == BodyEncoding.UNSUPPORTED) {
      drain(in, declaredBytes);
      return new Body.Unusable(Rejection.ENCODING_UNSUPPORTED);
    }
    Body sent =
        declaredBytes > maxBytes
            ? new Body.Unusable(Rejection.BODY_TOO_LARGE)
            : upToLimit(in, declaredBytes < 0 ? FIRST_BYTES : (int) declaredBytes + 1, memory);
    return switch (sent) {
      case Body.Unusable unusable -> {
        drain(in, declaredBytes);
        yield unusable;
      }
      case Body.Whole(Payload compressed) when encoding == BodyEncoding.GZIP ->
          decompressed(compressed, memory);
      case Body.Whole whole -> whole;
    };
  }

  private Body decompressed(Payload compressed, ByteBudget.Share memory) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed.unsafeBytes()))) {
      return upToLimit(in, FIRST_BYTES, memory);
    } catch (IOException e) {
      return new Body.Unusable(Rejection.ENCODING_MALFORMED);
    }
  }

  /// The buffer is always one byte larger than what may come next, so that the end is seen.
  private Body upToLimit(InputStream in, int expectedBytes, ByteBudget.Share memory)
      throws IOException {
    byte[] buffer = new byte[Math.min(expectedBytes, FIRST_BYTES)];
    if (!memory.take(buffer.length)) {
      return new Body.Unusable(Rejection.OVERLOADED);
    }
    int size = 0;
    int read;
    while ((read = in.read(buffer, size, buffer.length - size)) >= 0) {
      size += read;
      if (size > maxBytes) {
        return new Body.Unusable(Rejection.BODY_TOO_LARGE);
      }
      if (size == buffer.length) {
        int grown = Math.min(maxBytes + 1, 2 * buffer.length);
        if (!memory.take(grown - buffer.length)) {
          return new Body.Unusable(Rejection.OVERLOADED);
        }
        buffer = Arrays.copyOf(buffer, grown);
      }
    }
    // Once for the body, once for the journal's record of it.
    return memory.take(2 * size)
        ? new Body.Whole(Payload.wrap(Arrays.copyOf(buffer, size)))
        : new Body.Unusable(Rejection.OVERLOADED);
  }

  private void drain(InputStream in, long declaredBytes) throws IOException {
    long most = (long) DRAINED_LIMITS * maxBytes;
    if (declaredBytes <= most) {
      in.skip(most);
    }
  }
}
