package dev.hooklake.sources.signature;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Verifies signatures of any [SignatureScheme] with any kind of key: reads the signed time and
/// bounds it, reads the signatures, and looks for a key that confirms one of them.
public final class ContentSignature implements Verifier {
  private final SignatureScheme scheme;
  private final List<VerifyingKey> keys;

  public ContentSignature(SignatureScheme scheme, List<? extends VerifyingKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no key to verify signatures with; give at least one");
    }
    this.scheme = scheme;
    this.keys = List.copyOf(keys);
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
    SignatureScheme.Timestamp time = scheme.timestamp();
    boolean inHeaders =
        scheme.signature().kind() == Place.Kind.HEADER
            && (time == null || time.place().kind() == Place.Kind.HEADER);
    return inHeaders && keys.get(0) instanceof SigningKey key
        ? Optional.of(new ContentSigner(scheme, key).sign(delivery))
        : Optional.empty();
  }

  private Verification check(Delivery delivery) throws Refusal {
    SignedTime time = time(delivery);
    List<byte[]> signatures = signatures(delivery);
    String text = time == null ? "" : time.text();
    List<byte[]> content =
        scheme.content().of(new SignedContent.Request(delivery, text, scheme.address()));
    Duration skew = time == null ? null : time.skew(delivery.receivedAt());
    return new Verification.Verified(matching(signatures, content).fingerprint(), skew);
  }

  private @Nullable SignedTime time(Delivery delivery) throws Refusal {
    SignatureScheme.Timestamp timestamp = scheme.timestamp();
    if (timestamp == null) {
      return null;
    }
    String text =
        timestamp
            .place()
            .value(delivery)
            .orElseThrow(() ->
                new Refusal(
                    Reason.TIMESTAMP_MISSING,
                    "one signed time is needed in " + timestamp.place().described()));
    SignedTime time = SignedTime.read(text);
    time.within(timestamp.tolerance(), delivery.receivedAt());
    return time;
  }

  private List<byte[]> signatures(Delivery delivery) throws Refusal {
    List<String> texts = scheme.signature().values(delivery);
    if (texts.isEmpty()) {
      throw new Refusal(
          Reason.SIGNATURE_MISSING, "one signature is needed in " + scheme.signature().described());
    }
    var signatures = new ArrayList<byte[]>();
    for (String text : texts) {
      scheme.encoding().decode(text).ifPresent(signatures::add);
    }
    if (signatures.isEmpty()) {
      throw new Refusal(
          Reason.SIGNATURE_MALFORMED,
          "the signature in " + scheme.signature().described() + " is not " + scheme.encoding());
    }
    return signatures;
  }

  private VerifyingKey matching(List<byte[]> signatures, List<byte[]> content) throws Refusal {
    for (byte[] signature : signatures) {
      Optional<VerifyingKey> key =
          keys.stream().filter(candidate -> candidate.verifies(signature, content)).findFirst();
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new Refusal(
        Reason.SIGNATURE_WRONG, "the signature belongs to other content or another key");
  }
}
