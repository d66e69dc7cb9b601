package dev.hooklake.journal;

import java.nio.ByteBuffer;

/// One event on its way into the journal: the key by which a repeat is recognised, and the bytes to
/// keep, which the journal does not look into.
public record Entry(EventKey key, ByteBuffer payload) {
  public Entry {
    payload = payload.asReadOnlyBuffer();
  }
}
