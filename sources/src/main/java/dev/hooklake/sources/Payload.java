package dev.hooklake.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Bytes as they came over the wire: immutable, compared by content, never printed.
public final class Payload {
  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Copies `bytes`.
  public static Payload copyOf(byte[] bytes) {
    return new Payload(bytes.clone());
  }

  /// Takes `bytes` over without a copy; the caller gives up the right to change them.
  public static Payload wrap(byte[] bytes) {
    return new Payload(bytes);
  }

  public static Payload of(String text) {
    return new Payload(text.getBytes(UTF_8));
  }

  public int size() {
    return bytes.length;
  }

  /// The bytes themselves, not a copy: for readers such as a parser, a MAC or a file.
  public byte[] unsafeBytes() {
    return bytes;
  }

  /// As UTF-8 text; malformed input becomes replacement characters.
  public String utf8() {
    return new String(bytes, UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The size only: a payload holds personal data.
  @Override
  public String toString() {
    return "Payload[" + bytes.length + " bytes]";
  }
}
