package dev.hooklake.server.intake;

import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import java.time.Instant;

/// Told at once of what arrives, on the thread that answers the provider: it must neither block nor
/// fail, and may be told nothing twice.
public interface EventTap {
  /// Nobody listens.
  EventTap NONE =
      new EventTap() {
        @Override
        public void stored(SourceEvent event, long sequence) {}

        @Override
        public void duplicate(SourceEvent event) {}

        @Override
        public void refused(String source, Verification.Reason reason, Instant at) {}
      };

  /// An event is on disk.
  void stored(SourceEvent event, long sequence);

  /// An event that is on disk came again.
  void duplicate(SourceEvent event);

  /// A delivery was not authentic.
  void refused(String source, Verification.Reason reason, Instant at);
}
