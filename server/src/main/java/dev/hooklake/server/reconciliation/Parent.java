package dev.hooklake.server.reconciliation;

/// What a message belongs to.
///
/// @param kind `campaign broadcast newsletter transactional`, or `none` with id 0
public record Parent(String kind, long id) {
  public static final Parent NONE = new Parent("none", 0);

  /// Stands for all those that a result has no room for.
  static final Parent OTHERS = new Parent("others", 0);
}
