package dev.hooklake.server.app.settings;

import java.util.List;

/// Keys under one heading of the reference page.
public record KeyTable(String title, List<Key<?>> keys) {
  public KeyTable {
    keys = List.copyOf(keys);
  }
}
