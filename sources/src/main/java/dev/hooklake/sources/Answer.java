package dev.hooklake.sources;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Locale;

/// An HTTP answer: status, content type and body text.
public record Answer(int status, String contentType, String body) {
  public static Answer json(int status, String body) {
    return new Answer(status, "application/json", body);
  }

  /// Says why a delivery was refused; a refusal's message holds nothing of the request.
  public static Answer refusal(int status, Verification.Refused refusal) {
    String code = refusal.reason().name().toLowerCase(Locale.ROOT);
    char[] message = JsonStringEncoder.getInstance().quoteAsString(refusal.message());
    return json(status, "{\"error\":\"" + code + "\",\"message\":\"" + new String(message) + "\"}");
  }
}
