package dev.hooklake.sources.customerio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/// The JSON parser of this package and its limits. Strings and documents need none of their own:
/// the body's size is limited before it gets here.
final class Json {
  static final int MAX_DEPTH = 100;
  static final int MAX_NUMBER_LENGTH = 1_000;
  static final int MAX_NAME_LENGTH = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // JSON on the wire is UTF-8; guessing UTF-16 would cost us the byte positions.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  static JsonParser parser(byte[] bytes) throws IOException {
    return FACTORY.createParser(bytes);
  }

  /// Where the current value begins in the bytes.
  static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /// Where the current value ends in the bytes, once it is read to its end.
  static int end(JsonParser parser) throws IOException {
    parser.skipChildren();
    parser.finishToken();
    return (int) parser.currentLocation().getByteOffset();
  }
}
