package dev.hooklake.server.tracking;

/// A provider's id of a message: what events call it. Unique within its source.
public record ExternalId(String source, String id) {
  private static final int MAX_LENGTH = 300;

  public ExternalId {
    if (!usable(source, id)) {
      throw new IllegalArgumentException(
          "an external id needs a source and an id, at most "
              + MAX_LENGTH
              + " characters together");
    }
  }

  static boolean usable(String source, String id) {
    return !source.isBlank() && !id.isBlank() && source.length() + id.length() <= MAX_LENGTH;
  }
}
