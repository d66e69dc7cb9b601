package dev.hooklake.server.app;

import dev.hooklake.journal.Journal;

/// A server that accepts. Closing it lets requests under way finish and commits what is there, in
/// bounded time; it is safe to close it twice.
///
/// @param port the public port
/// @param adminPort the admin port
/// @param entrance what opens it
/// @param journal what it accepts into
public record Running(int port, int adminPort, Entrance entrance, Journal journal, OpenParts parts)
    implements AutoCloseable {
  @Override
  public void close() {
    parts.close();
  }
}
