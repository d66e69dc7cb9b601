package dev.hooklake.sources.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.FormFields;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Reason;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Twilio's scheme: base64 of HMAC-SHA1 over the public URL, then the form's fields sorted by name.
///
/// | body                    | signed after the URL       | also required                      |
/// |-------------------------|----------------------------|------------------------------------|
/// | form with fields        | names and values           |                                    |
/// | anything else           | nothing                    | `bodySHA256` in the query matches  |
/// | none                    | nothing                    | `bodySHA256` matches if it is there |
///
/// The sender may or may not sign the port, so the URL counts as called, without its port, and with
/// the usual one. There is no signed time: a captured request can be repeated for ever, and only
/// de-duplication tells.
public final class TwilioSignature implements Verifier {
  public static final String HEADER = "X-Twilio-Signature";
  public static final String BODY_HASH = "bodySHA256";

  private final List<HmacKey> keys;
  private final PublicAddress address;

  public TwilioSignature(List<Secret> tokens, PublicAddress address) {
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException("no token to verify signatures with; give at least one");
    }
    this.keys = tokens.stream().map(token -> new HmacKey(HmacAlgorithm.SHA1, token)).toList();
    this.address = address;
  }

  @Override
  public Verification verify(Delivery delivery) {
    try {
      return check(delivery);
    } catch (Refusal refusal) {
      return refusal.refused();
    }
  }

  private Verification check(Delivery delivery) throws Refusal {
    byte[] signature = signature(delivery);
    String url =
        address
            .urlOf(delivery)
            .orElseThrow(() ->
                new Refusal(
                    Reason.SIGNATURE_MALFORMED,
                    "the request names no host; configure the public base URL"));
    String fields = fields(delivery);
    if (fields.isEmpty()) {
      requireBodyHash(delivery);
    }
    for (String candidate : portForms(url)) {
      List<byte[]> content = List.of((candidate + fields).getBytes(UTF_8));
      for (HmacKey key : keys) {
        if (key.verifies(signature, content)) {
          return new Verification.Verified(key.fingerprint(), null);
        }
      }
    }
    throw new Refusal(
        Reason.SIGNATURE_WRONG,
        "the signature belongs to another URL, other fields or another token; compare the public"
            + " base URL with the one Twilio calls");
  }

  private static byte[] signature(Delivery delivery) throws Refusal {
    Optional<String> header = delivery.headers().single(HEADER);
    if (header.isEmpty() || header.get().isEmpty()) {
      throw new Refusal(Reason.SIGNATURE_MISSING, "one " + HEADER + " header is needed");
    }
    return SignatureEncoding.BASE64
        .decode(header.get())
        .orElseThrow(() -> new Refusal(Reason.SIGNATURE_MALFORMED, HEADER + " is not base64"));
  }

  /// Only the content type decides whether fields are signed: the joined text does not show it.
  private static String fields(Delivery delivery) throws Refusal {
    if (!FormFields.isForm(delivery.contentType())) {
      return "";
    }
    return FormFields.parse(delivery.body().utf8())
        .orElseThrow(
            () -> new Refusal(Reason.SIGNATURE_MALFORMED, "the form has more fields than allowed"))
        .sortedText();
  }

  private static void requireBodyHash(Delivery delivery) throws Refusal {
    Optional<String> claimed =
        FormFields.parse(delivery.query()).flatMap(query -> query.first(BODY_HASH));
    boolean form = FormFields.isForm(delivery.contentType());
    if (claimed.isEmpty() && (form || delivery.body().size() == 0)) {
      return;
    }
    byte[] actual = Sha256.of(delivery.body().unsafeBytes());
    boolean same =
        claimed
            .flatMap(SignatureEncoding.HEX::decode)
            .filter(hash -> MessageDigest.isEqual(hash, actual))
            .isPresent();
    if (!same) {
      throw new Refusal(
          Reason.SIGNATURE_WRONG,
          "the query has no " + BODY_HASH + " that is the hash of the body");
    }
  }

  /// Edits the text between scheme and path only: rebuilding the URL would change its escapes.
  static Set<String> portForms(String url) {
    int host = url.indexOf("://") + 3;
    int end = host;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(host, end);
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String bare = hasPort ? authority.substring(0, colon) : authority;
    String usual = url.startsWith("https") ? ":443" : ":80";
    var forms = new LinkedHashSet<String>();
    forms.add(url);
    forms.add(url.substring(0, host) + bare + url.substring(end));
    if (!hasPort) {
      forms.add(url.substring(0, host) + bare + usual + url.substring(end));
    }
    return forms;
  }
}
