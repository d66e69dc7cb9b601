package dev.hooklake.server.app;

import dev.hooklake.server.app.settings.SourceSettings;
import dev.hooklake.server.console.TestSender;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;

/// Sends test events to this server's own public port, signed with the source's first key, so that
/// the whole way is tried: socket, signature, journal, lake.
record SignedTests(List<SourceSettings> sources, IntSupplier port, InstantSource clock)
    implements TestSender {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public Result send(String name) throws IOException, InterruptedException {
    Optional<SourceSettings> source =
        sources.stream().filter(one -> one.name().equals(name)).findFirst();
    if (source.isEmpty() || source.get().secrets().isEmpty()) {
      return new Result(
          false, "", "Without a key there is nothing to sign with; send one with curl instead.");
    }
    return send(source.get());
  }

  private Result send(SourceSettings source) throws IOException, InterruptedException {
    Instant now = clock.instant();
    String key = "test-" + UUID.randomUUID();
    Payload body = Payload.of(body(key, now));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.getAsInt() + source.path()))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.unsafeBytes()));
    new CustomerIoSigner(source.secrets().getFirst())
        .sign(body, now)
        .values()
        .forEach((name, values) -> request.header(name, values.getFirst()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      boolean accepted = status == 200;
      return new Result(
          accepted,
          accepted ? key : "",
          accepted
              ? "Accepted: answered 200, so it is on disk."
              : "Answered " + status + "; the server's log says why.");
    }
  }

  private static String body(String key, Instant now) {
    return """
    {"event_id": "%s", "object_type": "email", "metric": "sent", "timestamp": %s,
     "data": {"delivery_id": "%s", "recipient": "test@example.com",
      "identifiers": {"id": "test", "email": "test@example.com"},
      "subject": "A test event of the console"}}\
    """
        .formatted(key, now.getEpochSecond(), key);
  }
}
