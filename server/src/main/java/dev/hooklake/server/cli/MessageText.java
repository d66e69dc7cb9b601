package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/// One message for people.
final class MessageText {
  private static final List<String> TIMES =
      List.of(
          "createdAt",
          "sentAt",
          "deliveredAt",
          "openedAt",
          "clickedAt",
          "failedAt",
          "complainedAt");

  private MessageText() {}

  static void print(JsonNode message, PrintWriter out) {
    line(out, "message", text(message, "id"));
    line(out, "status", text(message, "status") + " since " + text(message, "statusAt"));
    if (message.path("contradictory").asBoolean()) {
      line(out, "", "both a delivery and a failure were reported: ask the provider");
    }
    line(out, "channel", text(message, "channel"));
    for (String field : List.of("recipient", "userId", "messageType", "actionTaken")) {
      line(out, field, text(message, field));
    }
    TIMES.forEach(time -> line(out, time, text(message, time)));
    failure(message.path("failure"), out);
    JsonNode cost = message.path("cost");
    line(out, "cost", cost.isMissingNode() ? "" : amount(cost) + " " + text(cost, "currency"));
    line(out, "known as", externalIds(message));
  }

  static String externalIds(JsonNode message) {
    return message
        .path("externalIds")
        .valueStream()
        .map(id -> text(id, "source") + ":" + text(id, "id"))
        .collect(Collectors.joining(", "));
  }

  private static String amount(JsonNode cost) {
    return cost.path("amount").decimalValue().stripTrailingZeros().toPlainString();
  }

  private static void failure(JsonNode failure, PrintWriter out) {
    line(out, "error code", text(failure, "code"));
    line(out, "", text(failure, "meaning"));
    line(out, "reason", text(failure, "reason"));
  }

  private static void line(PrintWriter out, String label, String value) {
    if (!value.isEmpty()) {
      out.printf("%-13s %s%n", label, value);
    }
  }

  /// On one line and without control characters: a value from outside must not steer the terminal.
  static String text(JsonNode node, String field) {
    return node.path(field).asText("").replaceAll("\\p{Cntrl}", " ");
  }
}
