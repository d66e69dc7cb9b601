package dev.hooklake.server.app.settings;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.KeptEvent;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A source in development mode that has no secret: whatever comes is taken for authentic, and its
/// landing row says so for ever in a header that no sender can set.
record UnverifiedSource(Source source) implements Source {
  static final String MARK = "hooklake-unverified";

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
    return source.split(delivery).stream().map(UnverifiedSource::marked).toList();
  }

  private static SourceEvent marked(SourceEvent event) {
    Map<String, List<String>> headers = new TreeMap<>(event.headers().values());
    headers.put(MARK, List.of("true"));
    return new SourceEvent(
        event.source(),
        event.eventKey(),
        event.receivedAt(),
        event.path(),
        new Headers(headers),
        event.contentType(),
        event.body());
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

  @Override
  public Answer accepted(Delivery delivery, List<KeptEvent> events) {
    return source.accepted(delivery, events);
  }

  @Override
  public int tryLaterStatus() {
    return source.tryLaterStatus();
  }

  @Override
  public Optional<Answer> handshake(String query) {
    return source.handshake(query);
  }
}
