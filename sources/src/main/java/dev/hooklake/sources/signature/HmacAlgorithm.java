package dev.hooklake.sources.signature;

/// The hashes that providers put into an HMAC.
public enum HmacAlgorithm {
  SHA1("HmacSHA1"),
  SHA256("HmacSHA256"),
  SHA384("HmacSHA384"),
  SHA512("HmacSHA512");

  private final String javaName;

  HmacAlgorithm(String javaName) {
    this.javaName = javaName;
  }

  String javaName() {
    return javaName;
  }
}
