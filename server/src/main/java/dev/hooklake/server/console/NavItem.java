package dev.hooklake.server.console;

import java.util.function.LongSupplier;

/// A line of the navigation.
///
/// @param key after `g` on the keyboard it leads here
/// @param count what waits there; 0 shows nothing. Asked for with every page, so it must be quick.
public record NavItem(NavGroup group, String label, String path, char key, LongSupplier count) {

  public NavItem(NavGroup group, String label, String path, char key) {
    this(group, label, path, key, () -> 0);
  }
}
