package dev.hooklake.server.app.settings;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import java.time.Instant;
import java.util.List;

/// A source in development mode that has no secret: whatever comes is taken for authentic.
record UnverifiedSource(Source source) implements Source {
  @Override
  public String name() {
    return source.name();
  }

  @Override
  public Verification verify(Delivery delivery) {
    return new Verification.Verified("unverified", null);
  }

  @Override
  public List<SourceEvent> split(Delivery delivery) {
    return source.split(delivery);
  }

  @Override
  public Decoding decode(SourceEvent event, Instant processedAt) {
    return source.decode(event, processedAt);
  }

  @Override
  public Answer refused(Verification.Refused refusal) {
    return source.refused(refusal);
  }

  @Override
  public Answer accepted(int stored, int duplicates) {
    return source.accepted(stored, duplicates);
  }
}
