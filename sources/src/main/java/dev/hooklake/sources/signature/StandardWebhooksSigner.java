package dev.hooklake.sources.signature;

import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Signs as a Standard Webhooks or Svix sender does, with one signature for each key.
public final class StandardWebhooksSigner {
  private final StandardWebhooks.Family family;
  private final List<SigningKey> keys;

  private StandardWebhooksSigner(StandardWebhooks.Family family, List<SigningKey> keys) {
    this.family = family;
    this.keys = List.copyOf(keys);
  }

  private static List<SigningKey> signing(List<Secret> keys) {
    return keys.stream().map(key -> StandardWebhooksKey.signing(key.text())).toList();
  }

  static StandardWebhooksSigner with(SigningKey key) {
    return new StandardWebhooksSigner(StandardWebhooks.Family.WEBHOOK, List.of(key));
  }

  /// With headers `svix-...`; keys are `whsec_...` or `whsk_...`.
  public static StandardWebhooksSigner svix(List<Secret> keys) {
    return new StandardWebhooksSigner(StandardWebhooks.Family.SVIX, signing(keys));
  }

  /// With headers `webhook-...`.
  public static StandardWebhooksSigner standard(List<Secret> keys) {
    return new StandardWebhooksSigner(StandardWebhooks.Family.WEBHOOK, signing(keys));
  }

  /// The headers of this body under this id, sent at this time.
  public Headers sign(String id, Payload body, Instant sentAt) {
    String timestamp = Long.toString(sentAt.getEpochSecond());
    List<byte[]> content = StandardWebhooks.content(id, timestamp, body.unsafeBytes());
    String signatures =
        keys.stream().map(key -> signature(key, content)).collect(Collectors.joining(" "));
    return Headers.of(
        "content-type",
        "application/json",
        family.id,
        id,
        family.timestamp,
        timestamp,
        family.signature,
        signatures);
  }

  private static String signature(SigningKey key, List<byte[]> content) {
    StandardWebhooks.Version version =
        key instanceof HmacKey ? StandardWebhooks.Version.V1 : StandardWebhooks.Version.V1A;
    return version.prefix + SignatureEncoding.BASE64.encode(key.sign(content));
  }
}
