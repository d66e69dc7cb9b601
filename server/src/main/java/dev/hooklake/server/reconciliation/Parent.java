package dev.hooklake.server.reconciliation;

/// What a message belongs to.
///
/// @param kind `campaign broadcast newsletter transactional`; `none`, `others` and `all` have id 0
public record Parent(String kind, long id) {
  public static final Parent NONE = new Parent("none", 0);

  /// Of the provider's own counts: everything, whatever it belongs to.
  static final Parent ALL = new Parent("all", 0);

  /// Stands for all those that a result has no room for.
  static final Parent OTHERS = new Parent("others", 0);
}
