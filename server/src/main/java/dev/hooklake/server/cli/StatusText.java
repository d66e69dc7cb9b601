package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A server's status for people.
final class StatusText {
  private static final long MEBIBYTE = 1 << 20;

  private final JsonNode status;
  private final PrintWriter out;

  StatusText(JsonNode status, PrintWriter out) {
    this.status = status;
    this.out = out;
  }

  static boolean inOrder(JsonNode status) {
    JsonNode lake = status.path("lake");
    return status.path("obstacle").isNull() && lake.path("lastError").isNull();
  }

  void print() {
    JsonNode balance = status.path("balance");
    line("server", "version %s, up %s", text(status, "version"), uptime());
    line("accepts", status.path("obstacle").isNull() ? "yes" : "NO: " + text(status, "obstacle"));
    line(
        "balance",
        "%,d accepted = %,d landed + %,d in the journal",
        balance.path("accepted").asLong(),
        balance.path("landed").asLong(),
        balance.path("inJournal").asLong());
    journal(status.path("journal"));
    lake(status.path("lake"));
    sources();
    tables();
  }

  private void journal(JsonNode journal) {
    line(
        "journal",
        "%,d of %,d MiB in %d segments, last sequence %,d, %,d keys known",
        journal.path("bytes").asLong() / MEBIBYTE,
        journal.path("limitBytes").asLong() / MEBIBYTE,
        journal.path("segments").asInt(),
        journal.path("lastSequence").asLong(),
        journal.path("knownKeys").asLong());
    journal
        .path("consumerPositions")
        .properties()
        .forEach(consumer ->
            line("consumer", "%s at %,d", consumer.getKey(), consumer.getValue().asLong()));
  }

  private void lake(JsonNode lake) {
    line(
        "lake",
        "%s, %,d events and %.1f s behind",
        text(lake, "state"),
        lake.path("lagRecords").asLong(),
        lake.path("lagSeconds").asDouble());
    if (!lake.path("lastError").isNull()) {
      line("", "last error: %s", text(lake, "lastError"));
      line("", "next attempt: %s", text(lake, "nextAttemptAt"));
    }
  }

  private void sources() {
    for (JsonNode source : status.path("sources")) {
      long rejected = 0;
      for (JsonNode count : source.path("rejected")) {
        rejected += count.asLong();
      }
      line(
          "source",
          "%s since the start: %,d received = %,d accepted + %,d duplicates + %,d rejected",
          text(source, "name"),
          source.path("received").asLong(),
          source.path("accepted").asLong(),
          source.path("duplicates").asLong(),
          rejected);
    }
  }

  private void tables() {
    out.println();
    var table = new TablePrinter(out);
    table.columns(List.of("table", "version", "rows", "files", "MiB", "last commit"));
    for (JsonNode one : status.path("lake").path("tables")) {
      table.row(
          List.of(
              text(one, "name"),
              one.path("version").asLong(),
              one.path("rows").asLong(),
              one.path("files").asLong(),
              one.path("bytes").asLong() / MEBIBYTE,
              text(one, "committedAt")));
    }
    table.end();
  }

  private String uptime() {
    return Durations.text(Duration.ofSeconds(status.path("uptimeSeconds").asLong()));
  }

  private void line(String label, String format, Object... values) {
    out.printf(Locale.ROOT, "%-9s %s%n", label, String.format(Locale.ROOT, format, values));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
