package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.simulator.LoadClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One live line: what the server says of itself, asked through its admin port as anyone could.
///
/// On a terminal the line is rewritten every second; elsewhere a line is added every five.
final class DemoLine implements AutoCloseable {
  private final CommandContext context;
  private final PrintWriter err;
  private final LoadClient load;
  private final AdminClient admin;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread teller;

  DemoLine(CommandContext context, PrintWriter err, Installation hooklake, LoadClient load) {
    this.context = context;
    this.err = err;
    this.load = load;
    this.admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
    this.teller = Thread.ofVirtual().name("demo-line").start(this::tell);
  }

  private void tell() {
    try {
      while (!over.await(context.terminal() ? 1 : 5, TimeUnit.SECONDS)) {
        String line = line();
        err.print(context.terminal() ? "\r\033[K" + line : line + System.lineSeparator());
        err.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (context.terminal()) {
      err.println();
    }
  }

  private String line() throws InterruptedException {
    try {
      return line(admin.status());
    } catch (IOException e) {
      return "the server does not answer: " + e.getMessage();
    }
  }

  private String line(JsonNode status) {
    JsonNode leads = status.path("features").path("leads");
    long duplicates = 0;
    for (JsonNode source : status.path("sources")) {
      duplicates += source.path("duplicates").asLong();
    }
    return String.format(
        Locale.ROOT,
        "accepted %,d · duplicates %,d · quarantined %,d · landed %,d · lag %.1f s · %,.0f events/s"
            + " · leads %,d done, %,d failed, %,d notes",
        status.path("balance").path("accepted").asLong(),
        duplicates,
        rows(status, "quarantine"),
        status.path("balance").path("landed").asLong(),
        status.path("lake").path("lagSeconds").asDouble(),
        load.report().perSecond(),
        leads.path("completed").asLong(),
        leads.path("failed").asLong(),
        leads.path("notes").asLong());
  }

  private static long rows(JsonNode status, String table) {
    for (JsonNode one : status.path("lake").path("tables")) {
      if (one.path("name").asText().equals(table)) {
        return one.path("rows").asLong();
      }
    }
    return 0;
  }

  @Override
  public void close() {
    over.countDown();
    try {
      teller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    admin.close();
  }
}
