package dev.hooklake.server.console;

import java.io.IOException;

/// Answers one request of the console.
@FunctionalInterface
public interface PageHandler {
  PageReply handle(PageRequest request) throws IOException;
}
