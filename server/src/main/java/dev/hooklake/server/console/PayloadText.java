package dev.hooklake.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hooklake.sources.Payload;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// A body laid out for reading, with what is personal masked unless it was asked for.
public final class PayloadText {
  private static final int MOST_PIECES = 20_000;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
              .build());

  private final boolean revealed;
  private final List<Piece> pieces = new ArrayList<>();

  private PayloadText(boolean revealed) {
    this.revealed = revealed;
  }

  /// A part of the text and how it looks: `k` a key, `s` a text, `m` masked, else empty.
  public record Piece(String kind, String text) {}

  static List<Piece> of(Payload body, String contentType, boolean revealed) {
    var payload = new PayloadText(revealed);
    String text = new String(body.unsafeBytes(), UTF_8);
    if (contentType.contains("x-www-form-urlencoded")) {
      payload.form(text);
    } else {
      payload.json(text);
    }
    return List.copyOf(payload.pieces);
  }

  private void json(String text) {
    try {
      value("", JSON.readTree(text), 0);
    } catch (JsonProcessingException e) {
      add(revealed ? "" : "m", revealed ? text : "not JSON; hidden because it may name somebody");
    }
  }

  private void form(String text) {
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      add("k", decoded(name));
      add("", " = ");
      leaf(name, new TextNode(equals < 0 ? "" : decoded(pair.substring(equals + 1))));
      add("", "\n");
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private void value(String name, JsonNode node, int depth) {
    if (pieces.size() > MOST_PIECES) {
      return;
    }
    if (node.isObject()) {
      object(node, depth);
    } else if (node.isArray()) {
      array(name, node, depth);
    } else {
      leaf(name, node);
    }
  }

  private void object(JsonNode node, int depth) {
    add("", "{");
    Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      add("", "\n" + "  ".repeat(depth + 1));
      add("k", new TextNode(field.getKey()).toString());
      add("", ": ");
      value(field.getKey(), field.getValue(), depth + 1);
      add("", fields.hasNext() ? "," : "\n" + "  ".repeat(depth));
    }
    add("", "}");
  }

  private void array(String name, JsonNode node, int depth) {
    add("", "[");
    for (int i = 0; i < node.size(); i++) {
      add("", i == 0 ? "" : ", ");
      value(name, node.get(i), depth);
    }
    add("", "]");
  }

  private void leaf(String name, JsonNode node) {
    boolean shown = revealed || shown(name, node);
    if (node.isTextual()) {
      String text = shown ? quoted(node.textValue()) : Masking.masked(node.textValue());
      add(shown ? "s" : "m", new TextNode(text).toString());
    } else {
      add(shown ? "" : "m", shown ? node.toString() : Masking.HIDDEN);
    }
  }

  private String quoted(String text) {
    return revealed ? text : Masking.quoted(text);
  }

  private static boolean shown(String name, JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().isEmpty() || Harmless.name(name);
    }
    return !node.isNumber() || Harmless.number(name, node.toString());
  }

  private void add(String kind, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(kind, text));
    }
  }
}
