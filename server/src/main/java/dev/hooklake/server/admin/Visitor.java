package dev.hooklake.server.admin;

import dev.hooklake.server.access.Caller;
import dev.hooklake.server.access.Session;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who sent a request, once the gate has found out.
///
/// @param session null when a token came with the request itself
public record Visitor(Caller caller, @Nullable Session session) {

  /// Empty for a stranger, who gets as far as open paths only.
  public static Optional<Visitor> of(ServerRequest request) {
    return request.context().get(Visitor.class);
  }
}
