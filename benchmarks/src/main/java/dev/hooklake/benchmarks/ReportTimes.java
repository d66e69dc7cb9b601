package dev.hooklake.benchmarks;

import dev.hooklake.server.analytics.ViewDefinition;
import dev.hooklake.server.analytics.ViewLibrary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long the reports take over all days of the lake as users get them: asked of a running
/// server's admin port, whole answers, once what it keeps of the deliveries is current; of a lake
/// with too few events it keeps nothing. Medians of runs in a warm process.
final class ReportTimes {
  private static final Duration LONGEST = Duration.ofMinutes(20);

  /// Longer than the server rests between two looks whether keeping pays, and than its first step.
  private static final Duration UNTIL_BEGUN = Duration.ofSeconds(150);

  private static final int RUNS = 5;
  private static final Pattern KEPT =
      Pattern.compile("\"keptDeliveries\"\\s*:\\s*\\{\\s*\"state\"\\s*:\\s*\"(\\w+)\"");
  private static final String ALL_DAYS = "?from=2000-01-01&to=2099-12-31";

  private final Hooklake hooklake;
  private final String token;
  private final HttpClient client = HttpClient.newHttpClient();

  ReportTimes(Hooklake hooklake) throws IOException {
    this.hooklake = hooklake;
    Path file = hooklake.data().resolve("admin-token");
    this.token = Files.readString(file).strip();
  }

  void print() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    ask("/api/v1/reports/email_engagement" + ALL_DAYS);
    System.out.printf(
        Locale.ROOT,
        becomesCurrent()
            ? "what is kept of the deliveries is current after %.0f ms%n"
            : "nothing is kept of the deliveries of so small a lake (seen for %.0f ms)%n",
        millis(begun));
    for (ViewDefinition report : ViewLibrary.load().reports()) {
      line(report.name());
    }
  }

  /// Waits until the deliveries are kept; false when the server does not begin with it.
  private boolean becomesCurrent() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    String state = kept();
    while (!state.equals("current")) {
      if (state.equals("none") && millis(begun) > UNTIL_BEGUN.toMillis()) {
        return false;
      }
      if (millis(begun) > LONGEST.toMillis()) {
        throw new IOException("the deliveries are not kept after " + LONGEST);
      }
      TimeUnit.MILLISECONDS.sleep(500);
      state = kept();
    }
    return true;
  }

  private String kept() throws IOException, InterruptedException {
    Matcher found = KEPT.matcher(ask("/api/v1/status").body());
    if (!found.find()) {
      throw new IOException("the server's status says nothing of keptDeliveries");
    }
    return found.group(1);
  }

  private void line(String report) throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    int status = 200;
    for (int run = 0; run <= RUNS && status == 200; run++) {
      long begun = System.nanoTime();
      status = ask("/api/v1/reports/" + report + ALL_DAYS).statusCode();
      times.add(millis(begun));
    }
    System.out.printf(
        Locale.ROOT,
        "%-32s first %6.0f ms, then %6.0f ms%s%n",
        report,
        times.getFirst(),
        Median.of(times.subList(Math.min(1, times.size() - 1), times.size())),
        status == 200 ? "" : ", answered " + status);
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hooklake.adminPort() + path))
            .header("Authorization", "Bearer " + token)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }
}
