package dev.hooklake.server.alerts.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;

/// Says what a value or a name looks like without telling what may be about a person. Whoever wants
/// to see the value opens the event, which is audited.
final class Sample {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern HARMLESS_NAME = Pattern.compile("[A-Za-z0-9_.$ :\\[\\]-]{1,100}");
  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{7,}");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ].{0,30})?");
  private static final int MOST_DIGITS = 6;
  private static final String OTHER_NAMES = "(names that may be personal)";

  private Sample() {}

  /// A field's name as it is; names that look like an address or a number are told as one.
  static String name(String name) {
    boolean harmless = HARMLESS_NAME.matcher(name).matches() && !LONG_NUMBER.matcher(name).find();
    return harmless ? name : OTHER_NAMES;
  }

  static String value(String json) {
    try {
      return of(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      return "a long value";
    }
  }

  private static String of(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN, NULL -> value.asText();
      case NUMBER ->
          value.asText().length() <= MOST_DIGITS
              ? value.asText()
              : "a number of " + value.asText().length() + " digits";
      case STRING ->
          TIME.matcher(value.textValue()).matches()
              ? "a time"
              : "text of " + value.textValue().length() + " characters";
      case ARRAY -> "a list of " + value.size();
      case OBJECT -> "an object of " + value.size();
      case MISSING, POJO, BINARY -> "nothing";
    };
  }
}
