package dev.hooklake.sources.generic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.fields.FieldPath;
import java.util.Locale;

/// Where a value comes from: `/a/pointer` into the event (or the name of a form field after the
/// slash), `header:Name`, or anything else as it stands.
sealed interface Origin {
  record Field(FieldPath path) implements Origin {}

  record Header(String name) implements Origin {}

  record Constant(String text) implements Origin {}

  static Origin of(String text) {
    if (text.startsWith("/")) {
      return new Field(FieldPath.of(text));
    }
    if (text.startsWith("header:")) {
      return new Header(text.substring("header:".length()).toLowerCase(Locale.ROOT));
    }
    return new Constant(text);
  }

  /// What is there; a missing node when nothing is.
  default JsonNode in(JsonNode event, Headers headers) {
    if (this instanceof Field field) {
      return field.path().in(event);
    }
    if (this instanceof Header header) {
      return headers
          .single(header.name())
          .<JsonNode>map(TextNode::valueOf)
          .orElse(MissingNode.getInstance());
    }
    return TextNode.valueOf(((Constant) this).text());
  }
}
