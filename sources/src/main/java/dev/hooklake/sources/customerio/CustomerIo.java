package dev.hooklake.sources.customerio;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Customer.io's reporting webhooks: one signed event a request, in eight object types.
///
/// Whatever is authentic is accepted, understood or not, because any refusal makes Customer.io hold
/// back everything behind it for an hour.
public final class CustomerIo implements Source {
  /// With these an event can be verified again later; the rest of a request says nothing of it.
  private static final Set<String> KEPT_HEADERS =
      Set.of(
          "content-type",
          "user-agent",
          CustomerIoSignature.TIMESTAMP_HEADER,
          CustomerIoSignature.SIGNATURE_HEADER);

  private final CustomerIoSettings settings;
  private final SignatureCheck signatures;
  private final EventDecoder decoder;

  public CustomerIo(CustomerIoSettings settings) {
    this.settings = settings;
    this.signatures = new SignatureCheck(settings);
    this.decoder = new EventDecoder(settings.eventEnvelopes());
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Verification verify(Delivery delivery) {
    return signatures.verify(delivery);
  }

  @Override
  public List<SourceEvent> split(Delivery delivery) {
    Headers kept = delivery.headers().only(KEPT_HEADERS);
    if (!settings.eventEnvelopes()) {
      return List.of(event(delivery, kept, delivery.body()));
    }
    return Envelope.open(delivery.body()).stream()
        .map(body -> event(delivery, kept, body))
        .toList();
  }

  @Override
  public Decoding decode(SourceEvent event, Instant processedAt) {
    return decoder.decode(event, processedAt);
  }

  @Override
  public Answer refused(Verification.Refused refusal) {
    int status =
        switch (refusal.reason()) {
          case TIMESTAMP_MISSING, TIMESTAMP_MALFORMED -> 400;
          case SIGNATURE_MISSING,
              SIGNATURE_MALFORMED,
              SIGNATURE_WRONG,
              TIMESTAMP_OUTSIDE_TOLERANCE ->
              401;
        };
    String code = refusal.reason().name().toLowerCase(Locale.ROOT);
    char[] message = JsonStringEncoder.getInstance().quoteAsString(refusal.message());
    return Answer.json(
        status, "{\"error\":\"" + code + "\",\"message\":\"" + new String(message) + "\"}");
  }

  @Override
  public Answer accepted(int stored, int duplicates) {
    return Answer.json(
        200,
        "{\"status\":\"success\",\"stored\":" + stored + ",\"duplicates\":" + duplicates + "}");
  }

  private SourceEvent event(Delivery delivery, Headers headers, Payload body) {
    return new SourceEvent(
        settings.name(),
        EventKey.of(body),
        delivery.receivedAt(),
        delivery.path(),
        headers,
        headers.single("content-type").orElse(""),
        body);
  }
}
