package dev.hooklake.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What the duplicate index remembers of an event: 128 bits of SHA-256 over source and key.
public record EventKey(long high, long low) {

  /// Never used, only copied.
  private static final MessageDigest SHA_256 = sha256();

  public static EventKey of(String source, String key) {
    MessageDigest digest = newDigest();
    digest.update(source.getBytes(UTF_8));
    // Between the two, a byte that UTF-8 never uses: ("a", "bc") and ("ab", "c") must differ.
    digest.update((byte) 0xff);
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest(key.getBytes(UTF_8)));
    return new EventKey(bytes.getLong(), bytes.getLong());
  }

  /// A copy: looking the algorithm up takes longer than digesting a key.
  private static MessageDigest newDigest() {
    try {
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException e) {
      return sha256();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
