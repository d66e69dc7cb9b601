package dev.hooklake.sources.resend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.fields.Json;
import dev.hooklake.sources.signature.ContentSignature;
import dev.hooklake.sources.signature.HmacAlgorithm;
import dev.hooklake.sources.signature.HmacKey;
import dev.hooklake.sources.signature.Place;
import dev.hooklake.sources.signature.Sha256;
import dev.hooklake.sources.signature.SignatureEncoding;
import dev.hooklake.sources.signature.SignatureScheme;
import dev.hooklake.sources.signature.StandardWebhooks;
import dev.hooklake.sources.signature.Unverified;
import dev.hooklake.sources.signature.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Resend's webhooks: one event a delivery, recognised by its `svix-id`, which repeats keep.
///
/// Whatever is authentic is accepted, understood or not: after too many refusals Resend switches
/// the endpoint off.
public final class Resend implements Source {
  private static final Set<String> KEPT_HEADERS =
      Set.of(
          "content-type",
          "user-agent",
          "svix-id",
          "svix-timestamp",
          "webhook-id",
          "webhook-timestamp");

  private final ResendSettings settings;
  private final Verifier verifier;

  public Resend(ResendSettings settings) {
    this.settings = settings;
    this.verifier = verifier(settings);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Verification verify(Delivery delivery) {
    return verifier.verify(delivery);
  }

  @Override
  public List<SourceEvent> split(Delivery delivery) {
    return List.of(
        new SourceEvent(
            settings.name(),
            key(delivery),
            delivery.receivedAt(),
            delivery.path(),
            delivery.headers().only(KEPT_HEADERS),
            delivery.contentType(),
            delivery.body()));
  }

  @Override
  public Decoding decode(SourceEvent event, Instant processedAt) {
    Optional<JsonNode> body = Json.parse(event.body());
    if (body.isEmpty()) {
      return new Decoding.NotUnderstood(Reason.NOT_JSON, "the body is not JSON");
    }
    return body.get() instanceof ObjectNode object
        ? new EventBody(object).decode(event, processedAt)
        : new Decoding.NotUnderstood(Reason.NOT_AN_OBJECT, "the body is not a JSON object");
  }

  @Override
  public Answer refused(Verification.Refused refusal) {
    return Answer.refusal(401, refusal);
  }

  /// Its sender slows down at 429, keeps to `Retry-After`, and repeats for a day and more.
  @Override
  public int tryLaterStatus() {
    return 429;
  }

  @Override
  public Answer accepted(int stored, int duplicates) {
    return Answer.json(200, "{\"success\": true}");
  }

  /// The id counts only where it is signed; the other schemes leave it to whoever sends.
  private String key(Delivery delivery) {
    Optional<String> id =
        settings.scheme() == ResendScheme.SVIX
            ? StandardWebhooks.id(delivery.headers())
            : Optional.empty();
    return id.orElseGet(() -> "sha256:" + Sha256.hex(delivery.body().unsafeBytes()));
  }

  private static Verifier verifier(ResendSettings settings) {
    return switch (settings.scheme()) {
      case SVIX -> StandardWebhooks.of(settings.secrets(), settings.tolerance());
      case BODY_SHA256 -> bodySignature(settings);
      case NONE -> new Unverified();
    };
  }

  private static Verifier bodySignature(ResendSettings settings) {
    var place = new Place(Place.Kind.HEADER, "Resend-Signature", "sha256=", "");
    return new ContentSignature(
        SignatureScheme.ofBody(place, SignatureEncoding.HEX),
        settings.secrets().stream()
            .map(secret -> new HmacKey(HmacAlgorithm.SHA256, secret))
            .toList());
  }
}
