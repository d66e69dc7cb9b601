package dev.hooklake.server.admin;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.webserver.http.ServerRequest;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request's JSON, read strictly: what is misspelt, doubled or of another type is told, with its
/// place in the document.
final class RequestJson {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private RequestJson() {}

  static JsonNode body(ServerRequest request, int maxBytes) throws IOException {
    byte[] bytes;
    try (InputStream in = request.content().inputStream()) {
      bytes = in.readNBytes(maxBytes + 1);
    }
    if (bytes.length > maxBytes) {
      throw new RefusedRequest(413, "the body has more than " + maxBytes + " bytes; give less");
    }
    return read(bytes);
  }

  static JsonNode read(byte[] bytes) throws IOException {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      // Its own text quotes the body.
      throw RefusedRequest.malformed("the body is no JSON: " + place(e.getLocation()));
    } catch (NumberFormatException e) {
      throw RefusedRequest.malformed("the body is no JSON: a number in it is too large");
    } catch (CharConversionException e) {
      throw RefusedRequest.malformed("the body is no text in UTF-8");
    }
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null
        ? "it is nested too deeply, or a number or a name in it is too long"
        : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /// @param place of `node` in the document, for messages; empty for the document itself
  static void requireObject(JsonNode node, String place, Collection<String> known) {
    if (!node.isObject()) {
      throw RefusedRequest.malformed((place.isEmpty() ? "the body" : place) + " is no object");
    }
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw RefusedRequest.malformed(
                "an unknown field is in "
                    + (place.isEmpty() ? "the body" : place)
                    + "; there are "
                    + String.join(", ", known));
          }
        });
  }

  static String text(JsonNode object, String place, String field) {
    String text = textOrNull(object, place, field);
    if (text == null) {
      throw RefusedRequest.malformed(within(place, field) + " is missing");
    }
    return text;
  }

  static @Nullable String textOrNull(JsonNode object, String place, String field) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw RefusedRequest.malformed(within(place, field) + " is no text");
    }
    RequestQuery.requireNoNul(within(place, field), value.textValue());
    return value.textValue();
  }

  /// True or false; null when it is left out.
  static @Nullable Boolean flagOrNull(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw RefusedRequest.malformed(field + " is true or false");
    }
    return value.booleanValue();
  }

  /// A list of texts; null when it is left out.
  static @Nullable List<String> textsOrNull(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isTextual)) {
      throw RefusedRequest.malformed(field + " is no list of texts");
    }
    return value.valueStream().map(JsonNode::textValue).toList();
  }

  static String within(String place, String field) {
    return place.isEmpty() ? field : place + "." + field;
  }
}
