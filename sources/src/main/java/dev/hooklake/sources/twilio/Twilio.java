package dev.hooklake.sources.twilio;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.FormFields;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.KeptEvent;
import dev.hooklake.sources.MessageReference;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.fields.FieldPath;
import dev.hooklake.sources.fields.Pieces;
import dev.hooklake.sources.signature.ContentSignature;
import dev.hooklake.sources.signature.HmacAlgorithm;
import dev.hooklake.sources.signature.HmacKey;
import dev.hooklake.sources.signature.Place;
import dev.hooklake.sources.signature.Sha256;
import dev.hooklake.sources.signature.SignatureEncoding;
import dev.hooklake.sources.signature.SignatureScheme;
import dev.hooklake.sources.signature.TwilioSignature;
import dev.hooklake.sources.signature.Unverified;
import dev.hooklake.sources.signature.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Twilio's webhooks: status callbacks and inbound messages as forms, Event Streams as JSON. Only
/// the content type tells them apart.
///
/// Whatever is authentic is accepted, understood or not: Twilio does not repeat a callback that was
/// refused.
public final class Twilio implements Source {
  private static final List<FieldPath> WHOLE_BODY = List.of(FieldPath.of(""));
  private static final Set<String> KEPT_HEADERS =
      Set.of("content-type", "user-agent", "i-twilio-idempotency-token");
  private static final Answer NO_REPLY =
      new Answer(
          200, "text/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>");

  private final TwilioSettings settings;
  private final Verifier verifier;

  public Twilio(TwilioSettings settings) {
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
    Headers kept = keptHeaders(delivery);
    if (FormFields.isForm(delivery.contentType())) {
      Optional<String> key = Callback.read(delivery.body()).flatMap(Callback::key);
      return List.of(event(delivery, kept, delivery.body(), key));
    }
    return Pieces.cut(delivery.body(), WHOLE_BODY).stream()
        .map(body -> event(delivery, kept, body, StreamEvent.read(body).flatMap(StreamEvent::key)))
        .toList();
  }

  @Override
  public Decoding decode(SourceEvent event, Instant processedAt) {
    if (FormFields.isForm(event.contentType())) {
      return Callback.read(event.body())
          .map(callback -> callback.decode(event, settings.accountSids(), processedAt))
          .orElseGet(
              () -> new Decoding.NotUnderstood(Reason.FIELD_UNUSABLE, "the form is not readable"));
    }
    return StreamEvent.read(event.body())
        .map(stream -> stream.decode(event, settings.accountSids(), processedAt))
        .orElseGet(
            () -> new Decoding.NotUnderstood(Reason.NOT_JSON, "the body is not a JSON object"));
  }

  /// 403: to 401 Twilio would answer with a password, if its URL holds one.
  @Override
  public Answer refused(Verification.Refused refusal) {
    return Answer.refusal(403, refusal);
  }

  @Override
  public Answer accepted(int stored, int duplicates) {
    return Answer.json(200, "{\"success\": true}");
  }

  /// A person's message is answered with TwiML that says nothing: other text would be sent to them.
  @Override
  public Answer accepted(Delivery delivery, List<KeptEvent> events) {
    boolean inbound =
        FormFields.isForm(delivery.contentType())
            && Callback.read(delivery.body()).filter(Callback::inbound).isPresent();
    return inbound ? NO_REPLY : Source.super.accepted(delivery, events);
  }

  private SourceEvent event(
      Delivery delivery, Headers headers, Payload body, Optional<String> key) {
    return new SourceEvent(
        settings.name(),
        key.orElseGet(() -> "sha256:" + Sha256.hex(body.unsafeBytes())),
        delivery.receivedAt(),
        delivery.path(),
        headers,
        delivery.contentType(),
        body);
  }

  private static Headers keptHeaders(Delivery delivery) {
    Headers kept = delivery.headers().only(KEPT_HEADERS);
    Optional<String> reference = MessageReference.inQuery(delivery.query());
    if (reference.isEmpty()) {
      return kept;
    }
    Map<String, List<String>> values = new TreeMap<>(kept.values());
    values.put(MessageReference.STORED_HEADER, List.of(reference.get()));
    return new Headers(values);
  }

  private static Verifier verifier(TwilioSettings settings) {
    return switch (settings.scheme()) {
      case TWILIO -> new TwilioSignature(settings.authTokens(), settings.address());
      case BODY_SHA256 -> bodySignature(settings);
      case NONE -> new Unverified();
    };
  }

  private static Verifier bodySignature(TwilioSettings settings) {
    var place = new Place(Place.Kind.HEADER, TwilioSignature.HEADER, "sha256=", "");
    return new ContentSignature(
        SignatureScheme.ofBody(place, SignatureEncoding.HEX),
        settings.authTokens().stream()
            .map(token -> new HmacKey(HmacAlgorithm.SHA256, token))
            .toList());
  }
}
