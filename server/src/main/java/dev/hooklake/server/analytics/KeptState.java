package dev.hooklake.server.analytics;

/// How the table of deliveries stands.
///
/// @param state none, building, current, paused (the disk is full or the lake cannot be read) or
///   failed
/// @param bytes on disk
public record KeptState(String state, long bytes) {
  static final String BUILDING = "building";
  static final String CURRENT = "current";
  static final String PAUSED = "paused";
  static final String FAILED = "failed";
  static final KeptState NONE = new KeptState("none", 0);

  /// Whether it is worth to try and have a question answered.
  boolean answers() {
    return state.equals(CURRENT) || state.equals(PAUSED);
  }
}
