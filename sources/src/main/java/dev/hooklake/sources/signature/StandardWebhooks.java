package dev.hooklake.sources.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Standard Webhooks 1.0, which is also Svix's scheme: headers `webhook-id`, `webhook-timestamp`,
/// `webhook-signature` (or `svix-` each), signatures over `id.timestamp.body`.
///
/// Any signature that any key confirms is enough, so keys can be changed on either side at any
/// time. Signatures of versions we do not know are passed over.
public final class StandardWebhooks implements Verifier {
  /// What the published libraries allow, either way.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int MAX_SIGNATURES = 32;
  private static final int MAX_SIGNATURE_CHARS = 4096;
  private static final int ID_CHARS = 27;

  /// No dot: it ends the id in the signed content.
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e&&[^.]]{1,256}");

  private final List<VerifyingKey> keys;
  private final Duration tolerance;

  private StandardWebhooks(List<VerifyingKey> keys, Duration tolerance) {
    this.keys = List.copyOf(keys);
    this.tolerance = tolerance;
  }

  /// Keys as the provider shows them: `whsec_...`, `whpk_...`, or the bare base64 of a shared one.
  public static StandardWebhooks of(List<Secret> keys, Duration tolerance) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "no signing secret; copy the text that starts with whsec_ from the provider's page");
    }
    return new StandardWebhooks(
        keys.stream().map(key -> StandardWebhooksKey.verifying(key.text())).toList(), tolerance);
  }

  /// The id of a delivery, the same for all its repeats; empty unless the header is well formed.
  public static Optional<String> id(Headers headers) {
    return headers.single(Family.of(headers).id).filter(id -> ID.matcher(id).matches());
  }

  @Override
  public Verification verify(Delivery delivery) {
    try {
      return check(delivery);
    } catch (Refusal refusal) {
      return refusal.refused();
    }
  }

  @Override
  public Optional<Delivery> sign(Delivery delivery) {
    if (!(keys.get(0) instanceof SigningKey key)) {
      return Optional.empty();
    }
    String id = "msg_" + Sha256.hex(delivery.body().unsafeBytes()).substring(0, ID_CHARS);
    Headers proof =
        StandardWebhooksSigner.with(key).sign(id, delivery.body(), delivery.receivedAt());
    return Optional.of(delivery.with(proof));
  }

  private Verification check(Delivery delivery) throws Refusal {
    Headers headers = delivery.headers();
    Family family = Family.of(headers);
    String id = requiredId(headers, family);
    SignedTime time = SignedTime.read(single(headers, family.timestamp, Reason.TIMESTAMP_MISSING));
    time.within(tolerance, delivery.receivedAt());
    String signatures = single(headers, family.signature, Reason.SIGNATURE_MISSING);
    VerifyingKey key =
        matching(signatures, content(id, time.text(), delivery.body().unsafeBytes()));
    return new Verification.Verified(key.fingerprint(), time.skew(delivery.receivedAt()));
  }

  private static String requiredId(Headers headers, Family family) throws Refusal {
    Reason reason =
        headers.all(family.id).isEmpty() ? Reason.SIGNATURE_MISSING : Reason.SIGNATURE_MALFORMED;
    return id(headers)
        .orElseThrow(() -> new Refusal(reason, "one usable " + family.id + " header is needed"));
  }

  private VerifyingKey matching(String signatures, List<byte[]> content) throws Refusal {
    if (signatures.length() > MAX_SIGNATURE_CHARS) {
      throw new Refusal(Reason.SIGNATURE_MALFORMED, "the signature header is too long");
    }
    boolean readable = false;
    for (String entry : signatures.split(" ", MAX_SIGNATURES + 1)) {
      Optional<Version> version = Version.of(entry);
      if (version.isEmpty()) {
        continue;
      }
      readable = true;
      Optional<VerifyingKey> key = version.get().matching(entry, keys, content);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw readable
        ? new Refusal(Reason.SIGNATURE_WRONG, "no signature belongs to this body and a known key")
        : new Refusal(Reason.SIGNATURE_MALFORMED, "no v1 or v1a signature in the header");
  }

  private static String single(Headers headers, String name, Reason whenMissing) throws Refusal {
    return headers
        .single(name)
        .orElseThrow(() -> new Refusal(whenMissing, "one " + name + " header is needed"));
  }

  static List<byte[]> content(String id, String timestamp, byte[] body) {
    return List.of((id + "." + timestamp + ".").getBytes(UTF_8), body);
  }

  /// The two sets of header names in use.
  enum Family {
    SVIX("svix"),
    WEBHOOK("webhook");

    final String id;
    final String timestamp;
    final String signature;

    Family(String prefix) {
      this.id = prefix + "-id";
      this.timestamp = prefix + "-timestamp";
      this.signature = prefix + "-signature";
    }

    static Family of(Headers headers) {
      return headers.all(WEBHOOK.signature).isEmpty() ? SVIX : WEBHOOK;
    }
  }

  /// The signature versions we know; each goes with one kind of key.
  enum Version {
    V1("v1,", HmacKey.class),
    V1A("v1a,", PublicSignatureKey.class);

    final String prefix;
    private final Class<? extends VerifyingKey> kind;

    Version(String prefix, Class<? extends VerifyingKey> kind) {
      this.prefix = prefix;
      this.kind = kind;
    }

    static Optional<Version> of(String entry) {
      if (entry.startsWith(V1.prefix)) {
        return Optional.of(V1);
      }
      return entry.startsWith(V1A.prefix) ? Optional.of(V1A) : Optional.empty();
    }

    Optional<VerifyingKey> matching(String entry, List<VerifyingKey> keys, List<byte[]> content) {
      return SignatureEncoding.BASE64
          .decode(entry.substring(prefix.length()))
          .flatMap(signature ->
              keys.stream()
                  .filter(kind::isInstance)
                  .filter(key -> key.verifies(signature, content))
                  .findFirst());
    }
  }
}
