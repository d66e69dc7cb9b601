package dev.hooklake.sources.signature;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// How a signature's bytes are written as text.
public enum SignatureEncoding {
  HEX {
    @Override
    public String encode(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }

    @Override
    byte[] read(String text) {
      return HexFormat.of().parseHex(text);
    }
  },
  BASE64 {
    @Override
    public String encode(byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    byte[] read(String text) {
      return Base64.getDecoder().decode(text);
    }
  },
  BASE64URL {
    @Override
    public String encode(byte[] bytes) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    byte[] read(String text) {
      return Base64.getUrlDecoder().decode(text);
    }
  };

  /// Longer than any signature of a scheme we know, in any encoding.
  private static final int MAX_CHARS = 256;

  public abstract String encode(byte[] bytes);

  abstract byte[] read(String text);

  /// The bytes; empty when the text is not of this encoding or too long to be a signature.
  public Optional<byte[]> decode(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
