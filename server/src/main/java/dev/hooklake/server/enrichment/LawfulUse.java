package dev.hooklake.server.enrichment;

/// Why personal data may be looked up: without both, enrichment stays off. Written beside every
/// look-up.
///
/// @param legalBasis for example `legitimate interest, LGPD art. 7 IX`
/// @param purpose for example `to answer people who asked about a property`
public record LawfulUse(String legalBasis, String purpose) {
  public LawfulUse {
    if (legalBasis.isBlank() || purpose.isBlank()) {
      throw new IllegalArgumentException(
          "enrichment needs a legal basis and a purpose, which are written beside each look-up");
    }
  }
}
