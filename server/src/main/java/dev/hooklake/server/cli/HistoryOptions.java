package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which source, and which UTC days.
final class HistoryOptions {
  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The source's name; default: ${DEFAULT-VALUE}.",
      defaultValue = "customerio")
  private String source = "";

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description =
          "First UTC day on which the events happened, for example 2026-03-01; default: yesterday.")
  private @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "Last UTC day, included; default: today.")
  private @Nullable LocalDate to;

  ObjectNode wish(CommandContext context) {
    return wish(context, today(context).minusDays(1));
  }

  static LocalDate today(CommandContext context) {
    return LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
  }

  /// @param otherwise first day where none is given
  ObjectNode wish(CommandContext context, LocalDate otherwise) {
    LocalDate last = to == null ? today(context) : to;
    LocalDate first = from == null ? otherwise : from;
    return JsonNodeFactory.instance
        .objectNode()
        .put("source", source)
        .put("from", first.toString())
        .put("to", last.toString());
  }
}
