package dev.hooklake.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What a provider says of an error, in whichever envelope it does.
///
/// | provider    | envelope                                              |
/// |-------------|-------------------------------------------------------|
/// | Customer.io | `{"errors":[{"detail": ..., "status": ...}]}`         |
/// | Customer.io | `{"meta":{"error": ...}}` or `{"meta":{"errors":[..]}}` |
/// | Twilio      | `{"code": 20429, "message": ..., "status": 429}`      |
/// | Resend      | `{"statusCode": 429, "name": ..., "message": ...}`    |
final class ErrorText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LENGTH = 300;

  /// The search takes as long as the square of this.
  private static final int LONGEST_SEARCHED = 2_000;

  /// An address, a number of a phone, or a word that looks like a key.
  private static final Pattern PERSONAL =
      Pattern.compile("\\S+@\\S+|\\+?[0-9][0-9 ()-]{7,}[0-9]|[A-Za-z0-9_-]{24,}");

  private ErrorText() {}

  static String of(byte[] body) {
    JsonNode error;
    try {
      error = JSON.readTree(body);
    } catch (IOException e) {
      return "an answer that is not JSON";
    }
    String text = beginning(text(error));
    String masked = PERSONAL.matcher(text).replaceAll("***").replaceAll("\\p{Cntrl}", " ");
    return masked.length() > MAX_LENGTH ? masked.substring(0, MAX_LENGTH) + " ..." : masked;
  }

  /// Up to the end of a word: half an address is not known for one.
  private static String beginning(String text) {
    return text.length() > LONGEST_SEARCHED
        ? text.substring(0, LONGEST_SEARCHED).replaceFirst("\\S*$", "")
        : text;
  }

  private static String text(JsonNode error) {
    if (error.path("errors").isArray()) {
      return joined(error.path("errors"));
    }
    JsonNode meta = error.path("meta");
    if (meta.path("errors").isArray()) {
      return joined(meta.path("errors"));
    }
    if (meta.path("error").isTextual()) {
      return meta.path("error").asText();
    }
    String name = error.path("code").asText(error.path("name").asText(""));
    String message = error.path("message").asText("no reason given");
    return name.isEmpty() ? message : name + ": " + message;
  }

  private static String joined(JsonNode errors) {
    String text =
        StreamSupport.stream(errors.spliterator(), false)
            .map(each -> each.isTextual() ? each.asText() : each.path("detail").asText(""))
            .filter(detail -> !detail.isEmpty())
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? "no reason given" : text;
  }
}
