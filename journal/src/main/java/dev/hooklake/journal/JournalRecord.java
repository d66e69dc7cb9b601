package dev.hooklake.journal;

import java.nio.ByteBuffer;
import java.time.Instant;

/// One durable event as a consumer reads it. Sequences start at 1, rise by one, and are never used
/// twice in the life of a journal (see `Journal.id`).
public record JournalRecord(long sequence, Instant appendedAt, EventKey key, ByteBuffer payload) {

  /// Whether the payload was erased: then it is all zeros, and there is nothing to be made of it.
  public boolean erased() {
    for (int i = payload.position(); i < payload.limit(); i++) {
      if (payload.get(i) != 0) {
        return false;
      }
    }
    return payload.hasRemaining();
  }
}
