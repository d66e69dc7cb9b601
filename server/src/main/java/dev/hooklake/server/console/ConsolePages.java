package dev.hooklake.server.console;

import java.util.List;
import java.util.Optional;

/// Some pages that belong together.
public interface ConsolePages {

  /// Where the navigation leads to them; empty when only other pages do.
  Optional<NavItem> navigation();

  List<PageRoute> routes();
}
