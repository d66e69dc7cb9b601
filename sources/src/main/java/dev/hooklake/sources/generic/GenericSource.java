package dev.hooklake.sources.generic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.FormFields;
import dev.hooklake.sources.KeptEvent;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.signature.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Any sender that settings can describe: see [GenericSettings].
public final class GenericSource implements Source {
  private static final int MAX_ECHO_CHARS = 512;

  private final GenericSettings settings;
  private final EventSplitter splitter;
  private final EventReader reader;

  public GenericSource(GenericSettings settings) {
    this.settings = settings;
    this.splitter =
        new EventSplitter(settings.name(), settings.events(), settings.row().headersRead());
    this.reader = new EventReader(settings.row(), settings.events().split());
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Verification verify(Delivery delivery) {
    return settings.verifier().verify(delivery);
  }

  @Override
  public List<SourceEvent> split(Delivery delivery) {
    return splitter.split(delivery);
  }

  @Override
  public Decoding decode(SourceEvent event, Instant processedAt) {
    return reader.decode(event, processedAt);
  }

  /// What its sender could send to this path, invented and proven with our first key, to see
  /// whether it goes the whole way; empty where only the sender can prove it.
  ///
  /// @param id what to know it by; stands where the event key is read, if that is in the body
  public Optional<Delivery> invented(String path, String id, Instant at) {
    Delivery plain = InventedDelivery.of(settings, path, id, at);
    return settings.verifier().sign(plain);
  }

  @Override
  public Answer refused(Verification.Refused refusal) {
    return Answer.refusal(settings.answers().refusedStatus(), refusal);
  }

  @Override
  public Answer accepted(int stored, int duplicates) {
    return settings.answers().accepted();
  }

  @Override
  public Answer accepted(Delivery delivery, List<KeptEvent> events) {
    Origin echo = settings.answers().echo();
    if (echo == null) {
      return settings.answers().accepted();
    }
    return EventReader.body(delivery.contentType(), delivery.body())
        .map(body -> echo.in(body, delivery.headers()))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> text.length() <= MAX_ECHO_CHARS)
        .map(text -> new Answer(200, "text/plain", text))
        .orElseGet(settings.answers()::accepted);
  }

  /// 403 when the provider presents another token than the one we agreed on, or we have none.
  @Override
  public Optional<Answer> handshake(String query) {
    AnswerRules.Handshake handshake = settings.answers().handshake();
    if (handshake == null) {
      return Optional.empty();
    }
    Optional<FormFields> fields = FormFields.parse(query);
    Optional<String> challenge =
        fields
            .filter(all -> known(handshake.token(), all.first(handshake.tokenParameter())))
            .flatMap(all -> all.first(handshake.challengeParameter()))
            .filter(text -> text.length() <= MAX_ECHO_CHARS);
    return Optional.of(
        challenge
            .map(text -> new Answer(200, "text/plain", text))
            .orElseGet(() -> new Answer(403, "text/plain", "")));
  }

  private static boolean known(@Nullable Secret token, Optional<String> presented) {
    return token != null && presented.filter(token::isText).isPresent();
  }
}
