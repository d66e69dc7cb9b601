package dev.hooklake.server.intake;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that all bodies under way may take together. Charged as bytes arrive, so that a
/// client pays only for what it has really sent.
final class ByteBudget {
  private final long limitBytes;
  private final AtomicLong takenBytes = new AtomicLong();

  ByteBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  long takenBytes() {
    return takenBytes.get();
  }

  Share share() {
    return new Share();
  }

  /// What one request has taken; given back when the request is answered.
  final class Share implements AutoCloseable {
    private long bytes;

    boolean take(int moreBytes) {
      if (takenBytes.addAndGet(moreBytes) > limitBytes) {
        takenBytes.addAndGet(-moreBytes);
        return false;
      }
      bytes += moreBytes;
      return true;
    }

    @Override
    public void close() {
      takenBytes.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
