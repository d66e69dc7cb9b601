package dev.hooklake.server.access;

import java.time.Instant;

/// A browser that has logged in.
///
/// @param csrfToken what its own pages send with every change, and another site's cannot know
public record Session(Caller caller, String csrfToken, Instant openedAt) {

  public boolean vouchesFor(String csrf) {
    return Digest.same(csrfToken, csrf);
  }

  @Override
  public String toString() {
    return "Session[" + caller.role().label() + "]";
  }
}
