package dev.hooklake.sources.c2s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.sources.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something that happened to a lead, as C2S tells it. Optional fields are read leniently: what has
/// not the expected form is as if it were not there.
///
/// Never printed: a lead is a person.
public final class LeadEvent {
  private final Envelope envelope;
  private final String leadId;
  private final Instant updatedAt;
  private final @Nullable String hookAction;

  LeadEvent(Envelope envelope, String leadId, Instant updatedAt) {
    this.envelope = envelope;
    this.leadId = leadId;
    this.updatedAt = updatedAt;
    this.hookAction = text(envelope.outer(), "hook_action", text(lead(), "hook_action", null));
  }

  /// The event in a body that holds one; empty when it lacks a usable id or time.
  public static Optional<LeadEvent> read(Payload body) {
    return LeadReading.of(body) instanceof LeadReading.Usable usable
        ? Optional.of(usable.event())
        : Optional.empty();
  }

  public String leadId() {
    return leadId;
  }

  /// When the lead changed, by the clock of C2S, which counts in seconds.
  public Instant updatedAt() {
    return updatedAt;
  }

  /// What happened, as sent; null when the delivery does not say.
  public @Nullable String hookAction() {
    return hookAction;
  }

  public LeadAction action() {
    return hookAction == null
        ? LeadAction.inferred(envelope.attributes())
        : LeadAction.named(hookAction);
  }

  /// Who the lead is; empty when the event does not say, which means that nothing changed there.
  public Optional<LeadContact> contact() {
    JsonNode customer = envelope.attributes().path("customer");
    if (!customer.isObject()) {
      return Optional.empty();
    }
    List<String> phones =
        Stream.of("phone_global", "phone", "phone2")
            .flatMap(field -> texts(customer.path(field)))
            .distinct()
            .toList();
    return Optional.of(
        new LeadContact(text(customer, "name", null), text(customer, "email", null), phones));
  }

  /// What people wrote: the description, the observation and the messages.
  public List<LeadText> texts() {
    var texts = new ArrayList<LeadText>();
    for (String field : List.of("description", "observation")) {
      texts(envelope.attributes().path(field)).forEach(body -> texts.add(new LeadText(null, body)));
    }
    for (JsonNode holder : List.of(lead(), envelope.attributes(), envelope.outer())) {
      for (JsonNode message : holder.path("messages")) {
        texts(message.path("body"))
            .forEach(body -> texts.add(new LeadText(text(message, "external_id", null), body)));
      }
    }
    return texts.stream().distinct().toList();
  }

  Envelope envelope() {
    return envelope;
  }

  private JsonNode lead() {
    return envelope.lead();
  }

  private static @Nullable String text(JsonNode object, String field, @Nullable String otherwise) {
    return texts(object.path(field)).findFirst().orElse(otherwise);
  }

  /// The text that stands there, if it says anything; numbers count, since some senders write
  /// phones as such.
  private static Stream<String> texts(JsonNode node) {
    return Stream.of(node)
        .filter(value -> value.isTextual() || value.isIntegralNumber())
        .map(value -> value.asText().strip())
        .filter(text -> !text.isEmpty());
  }

  @Override
  public String toString() {
    return "LeadEvent[" + action() + "]";
  }
}
