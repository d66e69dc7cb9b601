package dev.hooklake.server.app;

import dev.hooklake.server.app.settings.Settings;
import java.io.IOException;
import java.util.Set;

/// A part of the server beside the way of an event into the lake, on or off by its settings.
///
/// Opened when journal and lake are open and before the ports are, in the order of [Features]. What
/// it adds to the wiring is closed in reverse.
interface Feature {
  boolean isOn(Settings settings);

  /// The names under which it reads the journal while it is on. Nothing is released before each has
  /// passed it, so it must open all of them.
  default Set<String> consumers() {
    return Set.of();
  }

  void open(Wiring wiring) throws IOException;
}
