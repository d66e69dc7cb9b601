package dev.hooklake.sources.customerio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// One member of a JSON object: its name, its value's kind and text, and its bytes as sent.
final class Member {
  private final String name;
  private final JsonToken kind;
  private final String text;
  private final byte[] body;
  private final int nameStart;
  private final int valueStart;
  private final int end;

  /// Reads the member whose value's first token the parser stands on.
  Member(String name, int nameStart, JsonParser parser, byte[] body) throws IOException {
    this.name = name;
    this.kind = parser.currentToken();
    this.text = kind.isScalarValue() ? parser.getText() : "";
    this.body = body;
    this.nameStart = nameStart;
    this.valueStart = Json.start(parser);
    this.end = Json.end(parser);
  }

  String name() {
    return name;
  }

  JsonToken kind() {
    return kind;
  }

  boolean isNull() {
    return kind == JsonToken.VALUE_NULL;
  }

  boolean isString() {
    return kind == JsonToken.VALUE_STRING;
  }

  /// Whether the value is this string.
  boolean says(String value) {
    return isString() && text.equals(value);
  }

  /// The value of a string, the digits of a number as written; empty for objects and lists.
  String text() {
    return text;
  }

  /// Name and value exactly as sent, for example `"surface":"lock_screen"`.
  String raw() {
    return new String(body, nameStart, end - nameStart, UTF_8);
  }

  /// The value exactly as sent.
  String rawValue() {
    return new String(body, valueStart, end - valueStart, UTF_8);
  }
}
