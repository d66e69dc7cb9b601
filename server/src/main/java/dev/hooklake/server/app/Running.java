package dev.hooklake.server.app;

import dev.hooklake.server.admin.AdminToken;

/// A server that accepts. Closing it lets requests under way finish and commits what is there, in
/// bounded time; it is safe to close it twice.
///
/// @param port the public port
/// @param adminPort the admin port
/// @param adminToken what opens it
public record Running(int port, int adminPort, AdminToken adminToken, OpenParts parts)
    implements AutoCloseable {
  @Override
  public void close() {
    parts.close();
  }
}
