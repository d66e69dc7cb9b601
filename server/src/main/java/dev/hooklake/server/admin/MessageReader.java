package dev.hooklake.server.admin;

import static dev.hooklake.server.admin.RequestJson.requireObject;
import static dev.hooklake.server.admin.RequestJson.text;
import static dev.hooklake.server.admin.RequestJson.textOrNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.tracking.Cost;
import dev.hooklake.server.tracking.ExternalId;
import dev.hooklake.server.tracking.OutgoingMessage;
import dev.hooklake.sources.event.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a message to be registered from JSON.
final class MessageReader {
  private static final List<String> FIELDS =
      List.of(
          "id",
          "userId",
          "messageType",
          "channel",
          "recipient",
          "cost",
          "createdAt",
          "externalIds");
  private static final List<String> COST_FIELDS = List.of("amount", "currency");
  private static final List<String> EXTERNAL_ID_FIELDS = List.of("source", "id");

  private MessageReader() {}

  static OutgoingMessage read(JsonNode node) {
    requireObject(node, "", FIELDS);
    String createdAt = textOrNull(node, "", "createdAt");
    try {
      return new OutgoingMessage(
          text(node, "", "id"),
          textOrNull(node, "", "userId"),
          textOrNull(node, "", "messageType"),
          channel(text(node, "", "channel")),
          textOrNull(node, "", "recipient"),
          cost(node.path("cost")),
          createdAt == null ? null : RequestQuery.time("createdAt", createdAt),
          externalIds(node.path("externalIds")));
    } catch (IllegalArgumentException e) {
      throw RefusedRequest.malformed(String.valueOf(e.getMessage()));
    }
  }

  static Channel channel(String label) {
    return Channel.of(label)
        .orElseThrow(() ->
            RefusedRequest.malformed(
                "channel is none of "
                    + Arrays.stream(Channel.values())
                        .map(Channel::label)
                        .collect(Collectors.joining(", "))));
  }

  private static @Nullable Cost cost(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    requireObject(node, "cost", COST_FIELDS);
    if (!node.path("amount").isNumber()) {
      throw RefusedRequest.malformed("cost.amount is no number");
    }
    return new Cost(node.path("amount").decimalValue(), text(node, "cost", "currency"));
  }

  private static List<ExternalId> externalIds(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      throw RefusedRequest.malformed("externalIds is no array");
    }
    List<ExternalId> ids = new ArrayList<>(node.size());
    for (JsonNode one : node) {
      String place = "externalIds[" + ids.size() + "]";
      requireObject(one, place, EXTERNAL_ID_FIELDS);
      ids.add(new ExternalId(text(one, place, "source"), text(one, place, "id")));
    }
    return ids;
  }
}
