package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Watches a reconciliation or backfill of a running server to its end. Ctrl-C ends the watching,
/// not the job.
final class HistoryJobWatch {
  private static final int LOOK_MILLIS = 500;

  private final CommandContext context;
  private final AdminClient admin;
  private final PrintWriter err;
  private final CountDownLatch untilTheNextLook = new CountDownLatch(1);
  private volatile String line = "waiting";

  HistoryJobWatch(CommandContext context, AdminClient admin, PrintWriter err) {
    this.context = context;
    this.admin = admin;
    this.err = err;
  }

  /// The job as it ended; fails when it failed.
  JsonNode toTheEnd(JsonNode asked) throws IOException, InterruptedException {
    JsonNode job = asked;
    try (Progress _ = new Progress(context, err, () -> line)) {
      while (!ended(job)) {
        untilTheNextLook.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        job = admin.get("/api/v1/history-jobs/" + job.path("id").asText());
        line = text(job);
      }
    }
    if (job.path("state").asText().equals("failed")) {
      throw new CommandFailure(job.path("failure").asText());
    }
    return job;
  }

  private static boolean ended(JsonNode job) {
    String state = job.path("state").asText();
    return state.equals("done") || state.equals("failed");
  }

  private static String text(JsonNode job) {
    JsonNode progress = job.path("progress");
    String left =
        job.path("secondsLeft").isNumber()
            ? ", about "
                + Durations.text(Duration.ofSeconds(job.path("secondsLeft").asLong()))
                + " left"
            : "";
    return String.format(
        Locale.ROOT,
        "%s: %,d messages listed, %,d events missing, %,d filled%s",
        job.path("state").asText(),
        progress.path("listed").asLong(),
        progress.path("missing").asLong(),
        progress.path("filled").asLong(),
        left);
  }
}
