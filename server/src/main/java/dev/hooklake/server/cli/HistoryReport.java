package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Prints what a reconciliation found: completeness by day, why what is not here is not here,
/// counts that differ from the provider's own, and the missing events.
final class HistoryReport {
  private final AdminClient admin;
  private final ObjectNode wish;

  HistoryReport(AdminClient admin, ObjectNode wish) {
    this.admin = admin;
    this.wish = wish;
  }

  void json(JsonNode job, int missing, PrintWriter out) throws IOException, InterruptedException {
    ObjectNode all = wish.objectNode();
    all.set("job", job);
    all.set("report", admin.get("/api/v1/completeness/report" + span()));
    if (missing > 0) {
      all.set("missing", missing(missing).path("events"));
    }
    out.println(all.toPrettyString());
    out.flush();
  }

  void text(JsonNode job, int missing, PrintWriter out) throws IOException, InterruptedException {
    JsonNode report = admin.get("/api/v1/completeness/report" + span());
    days(report, out);
    reasons(report, out);
    reported(report, out);
    cutOff(report, out);
    note(job, out);
    long left = job.path("progress").path("missing").asLong();
    if (missing > 0 && left > 0) {
      events(missing, left, out);
    }
    sum(job, out);
    out.flush();
  }

  static void note(JsonNode job, PrintWriter out) {
    if (!job.path("note").asText("").isEmpty()) {
      out.println("Note: " + job.path("note").asText());
    }
  }

  /// What a job came to, in a line.
  static void sum(JsonNode job, PrintWriter out) {
    JsonNode progress = job.path("progress");
    long left = progress.path("missing").asLong();
    out.printf(
        Locale.ROOT,
        "%,d of %,d events are here, %,d are missing, %,d are not here for a reason: %s%n",
        progress.path("matched").asLong(),
        progress.path("expected").asLong(),
        left,
        progress.path("explained").asLong(),
        percent(progress.path("matched").asLong(), left));
  }

  private static void cutOff(JsonNode report, PrintWriter out) {
    for (JsonNode list : report.path("cutOff")) {
      out.printf(
          Locale.ROOT,
          "Of %s only the newest %,d rows are shown; give fewer days to see the others.%n",
          list.asText(),
          report.path(list.asText()).size());
    }
  }

  private static void days(JsonNode report, PrintWriter out) {
    var table = new TablePrinter(out);
    table.columns(List.of("day", "completeness", "expected", "here", "missing", "explained"));
    for (JsonNode day : report.path("days")) {
      table.row(
          List.of(
              day.path("day").asText(),
              percent(day.path("matched").asLong(), day.path("missing").asLong()),
              day.path("expected").asLong(),
              day.path("matched").asLong(),
              day.path("missing").asLong(),
              day.path("explained").asLong()));
    }
    table.end();
  }

  private static void reasons(JsonNode report, PrintWriter out) {
    if (report.path("reasons").isEmpty()) {
      return;
    }
    out.println();
    print(report.path("reasons"), List.of("day", "metric", "reason", "events"), out);
  }

  private static void reported(JsonNode report, PrintWriter out) {
    var differing = new ArrayList<JsonNode>();
    report
        .path("reported")
        .forEach(count -> {
          if (count.path("reported").asLong() != count.path("ours").asLong()) {
            differing.add(count);
          }
        });
    if (differing.isEmpty()) {
      return;
    }
    out.println();
    out.println("The provider's own counts, where they differ:");
    var table = new TablePrinter(out);
    table.columns(List.of("day", "zone", "parent", "metric", "reported", "ours"));
    for (JsonNode count : differing) {
      table.row(
          List.of(
              count.path("day").asText(),
              count.path("zone").asText(),
              parent(count.path("parent")),
              count.path("metric").asText(),
              count.path("reported").asLong(),
              count.path("ours").asLong()));
    }
    table.end();
  }

  /// What is counted together has no number.
  private static String parent(JsonNode parent) {
    String kind = parent.path("kind").asText();
    return parent.path("id").asLong() == 0 ? kind : kind + " " + parent.path("id").asText();
  }

  private void events(int most, long all, PrintWriter out)
      throws IOException, InterruptedException {
    out.println();
    out.println("Missing" + (all > most ? ", the first " + most + " of " + all : "") + ":");
    print(
        missing(most).path("events"),
        List.of("occurredAt", "channel", "metric", "doer", "deliveryId", "reason"),
        out);
  }

  private JsonNode missing(int most) throws IOException, InterruptedException {
    return admin.get("/api/v1/completeness/missing" + span() + "&limit=" + most);
  }

  private static void print(JsonNode rows, List<String> fields, PrintWriter out) {
    var table = new TablePrinter(out);
    table.columns(fields);
    for (JsonNode row : rows) {
      var values = new ArrayList<@Nullable Object>();
      fields.forEach(field -> {
        JsonNode value = row.path(field);
        values.add(value.isNumber() ? (Object) value.asLong() : value.asText());
      });
      table.row(values);
    }
    table.end();
  }

  /// Rounded down, so that 100 % means that nothing is missing.
  private static String percent(long matched, long missing) {
    if (missing == 0) {
      return "100 %";
    }
    double share = Math.floor(10_000.0 * matched / (matched + missing)) / 100;
    return String.format(Locale.ROOT, "%.2f %%", share);
  }

  private String span() {
    return "?source="
        + AdminClient.encoded(wish.path("source").asText())
        + "&from="
        + wish.path("from").asText()
        + "&to="
        + wish.path("to").asText();
  }
}
