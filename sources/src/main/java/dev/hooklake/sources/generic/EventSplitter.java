package dev.hooklake.sources.generic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.FormFields;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.fields.Pieces;
import dev.hooklake.sources.signature.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Takes a delivery apart into events with their keys.
final class EventSplitter {
  private static final int MAX_KEY_CHARS = 256;

  private final String source;
  private final EventRules rules;
  private final Set<String> keptHeaders;

  EventSplitter(String source, EventRules rules, Set<String> keptHeaders) {
    this.source = source;
    this.rules = rules;
    this.keptHeaders = Set.copyOf(keptHeaders);
  }

  List<SourceEvent> split(Delivery delivery) {
    Optional<Payload> inField = formField(delivery);
    String contentType = inField.isPresent() ? "application/json" : delivery.contentType();
    List<Payload> pieces = Pieces.cut(inField.orElse(delivery.body()), rules.split());
    Headers kept = delivery.headers().only(keptHeaders);
    var events = new ArrayList<SourceEvent>(pieces.size());
    for (Payload body : pieces) {
      String key = key(delivery.headers(), contentType, body);
      // A key out of a header belongs to the delivery, so that its place tells an event apart.
      String unique = keyIsOfDelivery() && pieces.size() > 1 ? key + ":" + events.size() : key;
      events.add(
          new SourceEvent(
              source, unique, delivery.receivedAt(), delivery.path(), kept, contentType, body));
    }
    return events;
  }

  private Optional<Payload> formField(Delivery delivery) {
    if (rules.formField().isEmpty() || !FormFields.isForm(delivery.contentType())) {
      return Optional.empty();
    }
    return FormFields.parse(delivery.body().utf8())
        .flatMap(form -> form.first(rules.formField()))
        .map(Payload::of);
  }

  private String key(Headers headers, String contentType, Payload body) {
    Optional<JsonNode> event =
        rules.key().isEmpty() ? Optional.empty() : EventReader.body(contentType, body);
    return event
        .flatMap(node -> joined(headers, node))
        .orElseGet(() -> "sha256:" + Sha256.hex(body.unsafeBytes()));
  }

  /// Later parts may be missing, the first may not: it names the event.
  private Optional<String> joined(Headers headers, JsonNode event) {
    List<String> parts =
        rules.key().stream().map(part -> part.text(event, headers).orElse("")).toList();
    return Optional.of(parts.stream().collect(Collectors.joining(":")))
        .filter(key -> !parts.get(0).isBlank() && key.length() <= MAX_KEY_CHARS);
  }

  private boolean keyIsOfDelivery() {
    return !rules.key().isEmpty()
        && rules.key().stream()
            .flatMap(part -> part.from().stream())
            .allMatch(Origin.Header.class::isInstance);
  }
}
