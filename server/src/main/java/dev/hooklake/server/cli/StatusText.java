package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A server's status for people.
final class StatusText {
  private static final long MEBIBYTE = 1 << 20;
  private static final int LABEL_WIDTH = 12;

  private final JsonNode status;
  private final PrintWriter out;

  StatusText(JsonNode status, PrintWriter out) {
    this.status = status;
    this.out = out;
  }

  static boolean inOrder(JsonNode status) {
    JsonNode lake = status.path("lake");
    return status.path("obstacle").isNull()
        && status.at("/balance/unaccounted").asLong() == 0
        && !status.path("journal").hasNonNull("lastError")
        && lake.path("lastError").isNull()
        && status.path("consumers").valueStream().allMatch(one -> one.path("lastError").isNull());
  }

  void print() {
    JsonNode balance = status.path("balance");
    line("server", "version " + text(status, "version") + ", up " + uptime());
    line("accepts", status.path("obstacle").isNull() ? "yes" : "NO: " + text(status, "obstacle"));
    line(
        "balance",
        number(balance, "accepted")
            + " accepted = "
            + number(balance, "landed")
            + " landed + "
            + number(balance, "inJournal")
            + " in the journal"
            + unaccounted(balance));
    journal(status.path("journal"));
    lake(status.path("lake"));
    status.path("consumers").forEach(this::consumer);
    maintenance(status.path("features").path("maintenance"));
    leads(status.path("features").path("leads"));
    status.path("sources").forEach(this::source);
    tables();
  }

  private static String unaccounted(JsonNode balance) {
    boolean holds = balance.path("unaccounted").asLong() == 0;
    return holds ? "" : ": WRONG, " + number(balance, "unaccounted") + " are not accounted for";
  }

  private void journal(JsonNode journal) {
    line(
        "journal",
        journal.path("bytes").asLong() / MEBIBYTE
            + " of "
            + journal.path("limitBytes").asLong() / MEBIBYTE
            + " MiB, last sequence "
            + number(journal, "lastSequence")
            + ", "
            + number(journal, "knownKeys")
            + " keys known");
    if (journal.hasNonNull("lastError")) {
      line("", "cannot tidy up: " + text(journal, "lastError"));
    }
    journal
        .path("consumerPositions")
        .properties()
        .forEach(one -> line("consumer", one.getKey() + " at " + number(one.getValue())));
  }

  private void lake(JsonNode lake) {
    line(
        "lake",
        text(lake, "state")
            + ", "
            + number(lake, "lagRecords")
            + " events and "
            + text(lake, "lagSeconds")
            + " s behind");
    error(lake);
  }

  private void consumer(JsonNode consumer) {
    line(
        text(consumer, "name"),
        text(consumer, "state") + ", " + number(consumer, "lagRecords") + " events behind");
    JsonNode gap = consumer.path("gap");
    if (gap.isObject()) {
      line(
          "",
          "lacks records "
              + number(gap, "first")
              + " to "
              + number(gap, "last")
              + ", which the journal had released before");
    }
    error(consumer);
  }

  private void error(JsonNode part) {
    if (!part.path("lastError").isNull()) {
      line("", "last error: " + text(part, "lastError"));
      line("", "next attempt: " + text(part, "nextAttemptAt"));
    }
  }

  private void maintenance(JsonNode maintenance) {
    if (maintenance.isMissingNode()) {
      return;
    }
    JsonNode done = maintenance.path("sinceStart");
    line(
        "maintenance",
        text(maintenance, "state")
            + ", since the start "
            + number(done, "compactedFiles")
            + " small files merged, "
            + number(done, "deletedFiles")
            + " unneeded ones deleted, "
            + number(done, "expiredRows")
            + " rows expired");
    if (!maintenance.path("lastError").isNull()) {
      line("", "last error: " + text(maintenance, "lastError"));
    }
  }

  private void leads(JsonNode leads) {
    if (leads.path("enriching").asBoolean()) {
      line(
          "leads",
          "since the start "
              + number(leads, "stored")
              + " events, "
              + number(leads, "completed")
              + " completed, "
              + number(leads, "failed")
              + " failed, "
              + number(leads, "notes")
              + " notes written");
    }
  }

  private void source(JsonNode source) {
    long rejected = 0;
    for (JsonNode count : source.path("rejected")) {
      rejected += count.asLong();
    }
    line(
        "source",
        text(source, "name")
            + " since the start: "
            + number(source, "received")
            + " received, "
            + number(source, "accepted")
            + " accepted, "
            + number(source, "duplicates")
            + " duplicates, "
            + rejected
            + " rejected");
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

  private void line(String label, String value) {
    out.println(label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length())) + value);
  }

  private static String number(JsonNode node, String field) {
    return number(node.path(field));
  }

  private static String number(JsonNode number) {
    return String.format(Locale.ROOT, "%,d", number.asLong());
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
