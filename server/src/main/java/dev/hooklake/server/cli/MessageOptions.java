package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A message on the command line.
final class MessageOptions {
  @Option(names = "--id", paramLabel = "ID", required = true, description = "Your own id of it.")
  private String id = "";

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      required = true,
      description = "For example email, sms or whatsapp.")
  private String channel = "";

  @Option(
      names = "--recipient",
      paramLabel = "ADDRESS",
      description = "An email address or phone number.")
  private @Nullable String recipient;

  @Option(names = "--user", paramLabel = "ID", description = "Whom it is for, in your words.")
  private @Nullable String user;

  @Option(names = "--type", paramLabel = "TYPE", description = "What it is about: low_balance.")
  private @Nullable String type;

  @Option(names = "--cost", paramLabel = "AMOUNT", description = "What it costs, with --currency.")
  private @Nullable BigDecimal cost;

  @Option(
      names = "--currency",
      paramLabel = "CODE",
      description = "Of the cost; default: ${DEFAULT-VALUE}.",
      defaultValue = "USD")
  private String currency = "USD";

  @Option(
      names = "--created-at",
      paramLabel = "TIME",
      description = "When it was handed to the provider; default: now.")
  private @Nullable String createdAt;

  @Option(
      names = "--external-id",
      paramLabel = "SOURCE:ID",
      description = "The provider's id of it; may be given several times.",
      converter = ExternalIdText.Converter.class)
  private List<ExternalIdText> externalIds = new ArrayList<>();

  ObjectNode json(ObjectNode message) {
    message.put("id", id).put("channel", channel);
    put(message, "recipient", recipient);
    put(message, "userId", user);
    put(message, "messageType", type);
    put(message, "createdAt", createdAt);
    if (cost != null) {
      message.putObject("cost").put("amount", cost).put("currency", currency);
    }
    externalIds.forEach(one ->
        message
            .withArray("externalIds")
            .addObject()
            .put("source", one.source())
            .put("id", one.id()));
    return message;
  }

  private static void put(ObjectNode message, String field, @Nullable String value) {
    if (value != null) {
      message.put(field, value);
    }
  }
}
