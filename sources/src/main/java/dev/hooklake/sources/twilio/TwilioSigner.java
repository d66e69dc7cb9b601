package dev.hooklake.sources.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.FormFields;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.signature.HmacAlgorithm;
import dev.hooklake.sources.signature.HmacKey;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.Sha256;
import dev.hooklake.sources.signature.SignatureEncoding;
import dev.hooklake.sources.signature.TwilioSignature;
import java.util.List;

/// Signs as Twilio does, for whoever plays the provider.
public final class TwilioSigner {
  private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

  private final HmacKey key;

  public TwilioSigner(Secret authToken) {
    this.key = new HmacKey(HmacAlgorithm.SHA1, authToken);
  }

  /// The headers Twilio would send with this form to this public URL, query included.
  public Headers signForm(String url, Payload form) {
    String fields = FormFields.parse(form.utf8()).map(FormFields::sortedText).orElseThrow();
    return headers(FORM, url + fields);
  }

  /// The headers for a JSON body; `url` must come from [#urlOfJson].
  public Headers signJson(String url) {
    return headers("application/json", url);
  }

  /// The URL Twilio calls to deliver a JSON body: with the body's hash in the query.
  public static String urlOfJson(String url, Payload body) {
    return url
        + (url.contains("?") ? "&" : "?")
        + TwilioSignature.BODY_HASH
        + "="
        + Sha256.hex(body.unsafeBytes());
  }

  private Headers headers(String contentType, String content) {
    byte[] signature = key.sign(List.of(content.getBytes(UTF_8)));
    return Headers.of(
        "content-type",
        contentType,
        TwilioSignature.HEADER,
        SignatureEncoding.BASE64.encode(signature));
  }
}
