package dev.hooklake.server.fake;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// A source whose signature is the word `good`, whose body holds one event a line, the line being
/// the key. `!` in a line makes the decoder throw; nothing is ever understood.
public final class PlainSource implements Source {
  public static final String SIGNATURE = "x-plain-signature";

  /// Breaks the contract of `decode`, where nothing of ours guards against it.
  public volatile boolean decodesToNull;

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public Verification verify(Delivery delivery) {
    return switch (delivery.headers().single(SIGNATURE).orElse("")) {
      case "good" -> new Verification.Verified("key-1", Duration.ofSeconds(2));
      case "fault" -> throw new IllegalStateException("a fault with a secret in it");
      default ->
          new Verification.Refused(Verification.Reason.SIGNATURE_WRONG, "the signature is wrong");
    };
  }

  @Override
  public List<SourceEvent> split(Delivery delivery) {
    return Arrays.stream(delivery.body().utf8().split("\n"))
        .map(line ->
            new SourceEvent(
                name(),
                line,
                delivery.receivedAt(),
                delivery.path(),
                delivery.headers(),
                delivery.headers().single("content-type").orElse(""),
                Payload.of(line)))
        .toList();
  }

  @Override
  public Decoding decode(SourceEvent event, Instant processedAt) {
    if (decodesToNull) {
      return null;
    }
    if (event.body().utf8().contains("!")) {
      throw new IllegalStateException("a fault with personal data in it");
    }
    return new Decoding.NotUnderstood(Decoding.Reason.NOT_JSON, "expected nothing");
  }

  @Override
  public Answer refused(Verification.Refused refusal) {
    return Answer.json(401, "{\"error\": \"" + refusal.message() + "\"}");
  }

  @Override
  public Answer accepted(int stored, int duplicates) {
    return Answer.json(200, "{\"stored\": " + stored + ", \"duplicates\": " + duplicates + "}");
  }
}
