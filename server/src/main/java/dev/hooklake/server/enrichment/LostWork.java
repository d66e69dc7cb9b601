package dev.hooklake.server.enrichment;

import java.io.Serial;

/// Somebody else works on the event now, or it was erased: nothing more of it is ours.
final class LostWork extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  LostWork(String eventId) {
    super("event " + eventId + " was taken up by another worker, or erased");
  }
}
