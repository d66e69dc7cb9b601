package dev.hooklake.server.app;

import dev.hooklake.server.admin.TestSender;
import dev.hooklake.server.admin.TestSender.Outcome;
import dev.hooklake.server.app.settings.SourceSettings;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Signed;
import dev.hooklake.server.simulator.SimulatedEvent;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Tables;
import dev.hooklake.sources.generic.GenericSource;
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
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/// Sends test events to this server's own public port, proven with the source's first key as its
/// provider would, so that the whole way is tried: socket, signature, journal, lake.
record SignedTests(List<SourceSettings> sources, IntSupplier port, InstantSource clock)
    implements TestSender {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int TOO_MANY = 429;

  @Override
  public Result send(String name) throws IOException, InterruptedException {
    Optional<SourceSettings> source =
        sources.stream().filter(one -> one.name().equals(name)).findFirst();
    Optional<Delivery> delivery = source.flatMap(this::invented);
    if (delivery.isEmpty()) {
      return new Result(
          Outcome.REFUSED,
          "",
          "Only its sender can sign: without a key, or with one that only verifies, there is nothing"
              + " to sign with. Let the provider send a test.");
    }
    return send(source.get(), delivery.get());
  }

  private Optional<Delivery> invented(SourceSettings source) {
    Instant now = clock.instant();
    String id = "test-" + UUID.randomUUID();
    Provider provider = source.provider();
    if (provider != null) {
      return Optional.of(invented(source, provider, id, now));
    }
    return source.source() instanceof GenericSource generic
        ? generic.invented(source.path(), id, now)
        : Optional.empty();
  }

  private Delivery invented(SourceSettings source, Provider provider, String id, Instant now) {
    SimulatedEvent event =
        switch (source.type()) {
          case "customerio" -> provider.event(Payload.of(email(id, now)));
          case "c2s" -> provider.event(Payload.of(closedLead(id, now)));
          default ->
              Stream.generate(provider.traffic(new SplittableRandom(), clock)::next)
                  .filter(one -> !one.table().equals(Tables.QUARANTINE.name()))
                  .findFirst()
                  .orElseThrow();
        };
    Signed signed = provider.sign(event, calledUrl(source), now);
    return new Delivery(source.path(), signed.query(), signed.headers(), event.body(), now);
  }

  /// Under which URL the provider would call, for those that sign it.
  private String calledUrl(SourceSettings source) {
    String base = source.publicUrl();
    return (base == null ? own() : base.replaceFirst("/$", "")) + source.path();
  }

  private String own() {
    return "http://127.0.0.1:" + port.getAsInt();
  }

  private Result send(SourceSettings source, Delivery delivery)
      throws IOException, InterruptedException {
    String query = delivery.query().isEmpty() ? "" : "?" + delivery.query();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(own() + delivery.path() + query))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body().unsafeBytes()));
    delivery.headers().values().forEach((name, values) -> request.header(name, values.getFirst()));
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return result(status, status / 100 == 2 ? key(source, delivery) : "");
    }
  }

  private static Result result(int status, String key) {
    if (!key.isEmpty()) {
      return new Result(
          Outcome.ACCEPTED, key, "Accepted: answered " + status + ", so it is on disk.");
    }
    String text = "Answered " + status + "; the server's log says why.";
    return status / 100 == 5 || status == TOO_MANY
        ? new Result(Outcome.NOT_NOW, "", text + " Try again.")
        : new Result(Outcome.REFUSED, "", text);
  }

  /// As the source itself finds it.
  private static String key(SourceSettings source, Delivery delivery) {
    return source.source().split(delivery).stream()
        .map(SourceEvent::eventKey)
        .findFirst()
        .orElse("");
  }

  private static String email(String id, Instant now) {
    return """
    {"event_id": "%s", "object_type": "email", "metric": "sent", "timestamp": %s,
     "data": {"delivery_id": "%s", "recipient": "test@example.com",
      "identifiers": {"id": "test", "email": "test@example.com"},
      "subject": "A test event of the console"}}\
    """
        .formatted(id, now.getEpochSecond(), id);
  }

  /// One that nobody is looked up for.
  private static String closedLead(String id, Instant now) {
    return """
    {"id": "%s", "hook_action": "on_close_lead",
     "attributes": {"updated_at": "%s", "description": "A test event of the console",
      "lead_status": {"alias": "lost"}, "archive_details": {"archived": true}}}\
    """
        .formatted(id, now);
  }
}
