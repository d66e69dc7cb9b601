package dev.hooklake.server.reconciliation;

/// What a campaign or the like is called at its provider.
///
/// @param kind `campaign broadcast newsletter transactional action content`
/// @param parentId of an action or content: what it belongs to; else 0
/// @param state or type in the provider's words; may be empty
public record ProviderName(String kind, long id, long parentId, String name, String state) {

  /// What never is called otherwise at the same time.
  Key key() {
    return new Key(kind, id);
  }

  record Key(String kind, long id) {}
}
