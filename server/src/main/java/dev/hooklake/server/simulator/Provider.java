package dev.hooklake.server.simulator;

import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.SharedTokenSigner;
import dev.hooklake.sources.signature.StandardWebhooksSigner;
import dev.hooklake.sources.twilio.TwilioSigner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Plays one provider: invents what it sends, and signs it as it does.
public final class Provider {
  private final Beginning beginning;
  private final Signing signing;

  private Provider(Beginning beginning, Signing signing) {
    this.beginning = beginning;
    this.signing = signing;
  }

  public static Provider customerIo(Secret key) {
    var signer = new CustomerIoSigner(key);
    return new Provider(
        Message::begin, (event, _, at) -> new Signed("", signer.sign(event.body(), at)));
  }

  /// Plays Twilio.
  ///
  /// @param account whose messages they are; an invented one when empty
  public static Provider twilio(Secret authToken, Optional<String> account) {
    var signer = new TwilioSigner(authToken);
    String sid = account.orElse(TwilioMessage.INVENTED_ACCOUNT);
    return new Provider(
        (dice, now) -> TwilioMessage.begin(dice, sid, now),
        (event, url, _) -> TwilioSigning.sign(signer, event.body(), url));
  }

  public static Provider resend(Secret secret) {
    var signer = StandardWebhooksSigner.svix(List.of(secret));
    return new Provider(
        ResendMail::begin,
        (event, _, at) -> new Signed("", signer.sign(event.key(), event.body(), at)));
  }

  /// Plays C2S. It knows a URL and sends no headers; here the token goes as a header all the same,
  /// so that it stands in no URL that is printed.
  public static Provider c2s(Secret token) {
    var signer = new SharedTokenSigner("x-webhook-token", token);
    return new Provider(CrmLead::begin, (_, _, _) -> new Signed("", signer.sign()));
  }

  /// Events without end; the same randomness and clock give the same ones.
  public Traffic traffic(RandomGenerator random, InstantSource clock) {
    return new Traffic(random, clock, beginning);
  }

  /// Some body as an event, to be signed; the same body is the same event.
  public SimulatedEvent event(Payload body) {
    return SimulatedEvent.of(body);
  }

  /// How the event goes out to this URL.
  public Signed sign(SimulatedEvent event, String url, Instant at) {
    return signing.sign(event, url, at);
  }

  /// Begins one more life, told as of `now`.
  @FunctionalInterface
  interface Beginning {
    Life begin(Dice dice, Instant now);
  }
}
