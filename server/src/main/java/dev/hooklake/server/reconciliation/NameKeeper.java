package dev.hooklake.server.reconciliation;

import java.io.IOException;
import java.util.List;

/// Keeps what things are called at the provider, so that reports can show names.
public interface NameKeeper {

  /// Takes the names as they are now; whatever the provider does not name any more keeps its last
  /// name, since its events stay.
  void keep(String source, List<ProviderName> names) throws IOException;
}
