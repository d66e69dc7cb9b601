package dev.hooklake.sources.generic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.sources.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a value is found: the first origin that has one, or all of them joined with dots; then
/// perhaps translated.
///
/// @param values from the provider's words to ours
/// @param onlyListed whether a word without a translation counts as nothing instead of as itself
record ValueRule(
    List<Origin> from, boolean joined, Map<String, String> values, boolean onlyListed) {

  ValueRule {
    from = List.copyOf(from);
    values = Map.copyOf(values);
  }

  /// Whether the value is one of the event's fields, moved as it is.
  boolean plain() {
    return !joined && values.isEmpty();
  }

  Optional<String> text(JsonNode event, Headers headers) {
    if (joined) {
      String all =
          from.stream()
              .map(origin -> origin.in(event, headers))
              .filter(ValueRule::says)
              .map(JsonNode::asText)
              .collect(Collectors.joining("."));
      return all.isEmpty() ? Optional.empty() : translated(all);
    }
    return from.stream()
        .map(origin -> origin.in(event, headers))
        .filter(ValueRule::says)
        .flatMap(node -> translated(node.asText()).stream())
        .findFirst();
  }

  private Optional<String> translated(String text) {
    String ours = values.get(text);
    if (ours != null) {
      return Optional.of(ours);
    }
    return onlyListed ? Optional.empty() : Optional.of(text);
  }

  private static boolean says(JsonNode node) {
    return node.isValueNode() && !node.isNull() && !node.asText().isEmpty();
  }
}
