package dev.hooklake.sources.fields;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.sources.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts a body that holds several events into one body an event, out of the very bytes sent.
///
/// An array that is the whole body is taken apart. Of an array further inside each piece keeps
/// everything around it and one element, so that nothing that all of them share is lost:
/// `{"app":7,"events":[a,b]}` at `/events` gives `{"app":7,"events":[a]}` and
/// `{"app":7,"events":[b]}`.
public final class Pieces {
  /// Past these a body stays whole; decoding then says so.
  static final int MAX_PIECES = 10_000;

  static final long MAX_TOTAL_BYTES = 64L << 20;

  private Pieces() {}

  /// Cuts at each of the paths in turn, outermost array first. The body itself when there would be
  /// more than the limits allow.
  public static List<Payload> cut(Payload body, List<FieldPath> paths) {
    List<Payload> pieces = List.of(body);
    for (FieldPath path : paths) {
      var smaller = new ArrayList<Payload>();
      long bytes = 0;
      for (Payload piece : pieces) {
        for (Payload part : cut(piece, path)) {
          smaller.add(part);
          bytes += part.size();
        }
        if (smaller.size() > MAX_PIECES || bytes > MAX_TOTAL_BYTES) {
          return List.of(body);
        }
      }
      pieces = smaller;
    }
    return pieces;
  }

  /// The pieces in order; the body itself when there is no array at `path`, or an empty one, or it
  /// cannot be read.
  static List<Payload> cut(Payload body, FieldPath path) {
    byte[] bytes = body.unsafeBytes();
    try (JsonParser parser = Json.parser(bytes)) {
      parser.nextToken();
      if (!descend(parser, path) || parser.currentToken() != JsonToken.START_ARRAY) {
        return List.of(body);
      }
      List<Span> elements = elements(parser);
      readToEnd(parser);
      return path.segments().isEmpty() ? bare(body, elements) : enveloped(body, elements);
    } catch (IOException e) {
      return List.of(body);
    }
  }

  /// Whether several events are still in one body, since it was too large to cut.
  public static boolean remain(JsonNode body, List<FieldPath> paths) {
    return paths.stream().map(path -> path.in(body)).anyMatch(Pieces::holdsSeveral);
  }

  private static boolean holdsSeveral(JsonNode node) {
    return node.isArray() && node.size() > 1;
  }

  private static boolean descend(JsonParser parser, FieldPath path) throws IOException {
    for (String segment : path.segments()) {
      boolean found =
          parser.currentToken() == JsonToken.START_OBJECT
              ? member(parser, segment)
              : parser.currentToken() == JsonToken.START_ARRAY && element(parser, segment);
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static boolean member(JsonParser parser, String name) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = name.equals("*") || parser.currentName().equals(name);
      parser.nextToken();
      if (wanted) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static boolean element(JsonParser parser, String index) throws IOException {
    int wanted = index.equals("*") ? 0 : index.matches("[0-9]{1,6}") ? Integer.parseInt(index) : -1;
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (i == wanted) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static List<Span> elements(JsonParser parser) throws IOException {
    var spans = new ArrayList<Span>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long start = parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      spans.add(new Span(start, parser.currentLocation().getByteOffset()));
    }
    return spans;
  }

  private static void readToEnd(JsonParser parser) throws IOException {
    while (parser.nextToken() != null) {
      // Only a body that is JSON to its last byte is cut.
    }
  }

  private static List<Payload> bare(Payload body, List<Span> elements) {
    if (elements.isEmpty() || elements.size() > MAX_PIECES) {
      return List.of(body);
    }
    return elements.stream().map(span -> Payload.wrap(span.of(body.unsafeBytes()))).toList();
  }

  private static List<Payload> enveloped(Payload body, List<Span> elements) {
    if (elements.size() < 2 || elements.size() > MAX_PIECES) {
      return List.of(body);
    }
    byte[] bytes = body.unsafeBytes();
    var before = new Span(0, elements.get(0).start());
    var after = new Span(elements.get(elements.size() - 1).end(), bytes.length);
    long total = (before.size() + after.size()) * elements.size() + bytes.length;
    if (total > MAX_TOTAL_BYTES) {
      return List.of(body);
    }
    byte[] start = before.of(bytes);
    byte[] end = after.of(bytes);
    return elements.stream().map(span -> joined(start, span.of(bytes), end)).toList();
  }

  private static Payload joined(byte[] start, byte[] element, byte[] end) {
    byte[] piece = Arrays.copyOf(start, start.length + element.length + end.length);
    System.arraycopy(element, 0, piece, start.length, element.length);
    System.arraycopy(end, 0, piece, start.length + element.length, end.length);
    return Payload.wrap(piece);
  }

  private record Span(long start, long end) {
    long size() {
      return end - start;
    }

    byte[] of(byte[] bytes) {
      return Arrays.copyOfRange(bytes, (int) start, (int) end);
    }
  }
}
