package dev.hooklake.sources.c2s;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.KeptEvent;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.signature.Place;
import dev.hooklake.sources.signature.Sha256;
import dev.hooklake.sources.signature.SharedToken;
import dev.hooklake.sources.signature.Unverified;
import dev.hooklake.sources.signature.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// C2S's lead webhooks: one lead or several a delivery, recognised by lead id and `updated_at`.
///
/// C2S signs nothing and sends no header of ours; it knows a URL, so that the token may stand in
/// its query. An event without a usable id or time is kept too, and quarantined; it counts as
/// failed in the answer, and a delivery of such events only is answered 400.
public final class C2s implements Source {
  private static final Set<String> KEPT_HEADERS = Set.of("content-type", "user-agent");
  private static final List<Place> TOKEN =
      List.of(Place.header("X-Webhook-Token"), Place.query("token"));

  private final C2sSettings settings;
  private final Verifier verifier;

  public C2s(C2sSettings settings) {
    this.settings = settings;
    this.verifier =
        settings.tokens().isEmpty() ? new Unverified() : new SharedToken(TOKEN, settings.tokens());
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
    Headers kept = delivery.headers().only(KEPT_HEADERS);
    return Envelope.open(delivery.body()).stream()
        .map(body -> event(delivery, kept, body))
        .toList();
  }

  @Override
  public Decoding decode(SourceEvent event, Instant processedAt) {
    if (LeadEnrichment.is(event)) {
      return LeadEnrichment.decode(event, processedAt);
    }
    LeadReading reading = LeadReading.of(event.body());
    return reading instanceof LeadReading.Usable usable
        ? new Decoding.Understood(LeadRow.of(usable.event(), event, processedAt))
        : ((LeadReading.Unusable) reading).why();
  }

  @Override
  public Answer refused(Verification.Refused refusal) {
    return Answer.refusal(401, refusal);
  }

  @Override
  public Answer accepted(int stored, int duplicates) {
    return new Counts(stored, duplicates, List.of()).answer();
  }

  @Override
  public Answer accepted(Delivery delivery, List<KeptEvent> events) {
    return Counts.of(events).answer();
  }

  private SourceEvent event(Delivery delivery, Headers headers, Payload body) {
    return new SourceEvent(
        settings.name(),
        key(body),
        delivery.receivedAt(),
        delivery.path(),
        headers,
        delivery.contentType(),
        body);
  }

  private String key(Payload body) {
    LeadReading reading = LeadReading.of(body);
    if (!(reading instanceof LeadReading.Usable usable)) {
      return "sha256:" + Sha256.hex(body.unsafeBytes());
    }
    LeadEvent event = usable.event();
    String key = event.leadId() + ":" + event.updatedAt();
    return switch (settings.eventKey()) {
      case UPDATED_AT -> key;
      case ACTION -> key + ":" + event.action().label();
      case BODY -> key + ":" + Sha256.hex(body.unsafeBytes());
    };
  }
}
