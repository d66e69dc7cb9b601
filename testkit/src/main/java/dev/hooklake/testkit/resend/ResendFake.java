package dev.hooklake.testkit.resend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import dev.hooklake.testkit.http.RequestRate;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// Resend's list of emails on the loopback: newest first, 1 to 100 a page, `after` an id, 10
/// requests a second; and its counts by day.
public final class ResendFake implements AutoCloseable {
  private static final int REQUESTS_PER_SECOND = 10;

  private static final Duration KEPT = Duration.ofDays(30);

  /// An email.
  ///
  /// @param history what the list does not show and the counts count
  public record Email(
      String id,
      String to,
      String subject,
      String lastEvent,
      Instant created,
      List<Happened> history) {
    public Email {
      history = List.copyOf(history);
    }

    /// One to which nothing happened but its last event, at once.
    public Email(String id, String to, String subject, String lastEvent, Instant created) {
      this(id, to, subject, lastEvent, created, List.of(new Happened(lastEvent, created)));
    }

    Stream<FakeCounts.One> one() {
      return history.stream().map(happened -> new FakeCounts.One(id, happened));
    }
  }

  /// What happened to an email, in the words of its webhook's type behind the dot.
  public record Happened(String event, Instant at) {}

  private final String authorization;
  private final List<Email> emails;
  private final FakeCounts counts;
  private final FakeServer server;

  /// @param emails newest first
  public ResendFake(String key, List<Email> emails) {
    this(key, emails, InstantSource.system());
  }

  /// @param emails newest first
  /// @param clock by which counts end now and reach back 30 days
  public ResendFake(String key, List<Email> emails, InstantSource clock) {
    this.counts = new FakeCounts(List.copyOf(emails), clock, KEPT);
    this.authorization = "Bearer " + key;
    this.emails = List.copyOf(emails);
    Reply overLimit =
        error(429, "rate_limit_exceeded", "Too many requests")
            .with("retry-after", "1")
            .with("ratelimit-limit", "10")
            .with("ratelimit-remaining", "0")
            .with("ratelimit-reset", "1");
    this.server = new FakeServer(REQUESTS_PER_SECOND, overLimit, this::answer);
  }

  public URI url() {
    return server.url();
  }

  public RequestRate rate() {
    return server.rate();
  }

  public void next(Fault fault) {
    server.next(fault);
  }

  static Reply error(int status, String name, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return Reply.json(
        status, body.put("statusCode", status).put("name", name).put("message", message));
  }

  private Reply answer(Ask ask) {
    if (!ask.authorization().equals(authorization)) {
      return error(401, "restricted_api_key", "This API key is restricted to only send emails");
    }
    return switch (ask.path()) {
      case "/emails" -> list(ask);
      case "/emails/metrics" -> counts.answer(ask);
      default -> error(404, "not_found", "not found");
    };
  }

  private Reply list(Ask ask) {
    long limit = ask.number("limit", 20);
    if (limit < 1 || limit > 100) {
      return error(422, "validation_error", "limit must be 1 to 100");
    }
    String after = ask.query("after", "");
    int from = 0;
    while (!after.isEmpty() && from < emails.size() && !emails.get(from).id().equals(after)) {
      from++;
    }
    from += after.isEmpty() ? 0 : 1;
    int to = (int) Math.min(emails.size(), from + limit);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("object", "list").put("has_more", to < emails.size());
    ArrayNode data = answer.putArray("data");
    emails.subList(Math.min(from, to), to).forEach(email -> data.add(json(email)));
    return Reply.json(200, answer);
  }

  /// With the time in the form of a database, as the list has it.
  private static ObjectNode json(Email email) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", email.id()).put("from", "Fernwood <hello@example.org>");
    json.putArray("to").add(email.to());
    String time = email.created().toString().replace('T', ' ').replace("Z", "+00");
    return json.put("subject", email.subject())
        .put("created_at", time)
        .put("last_event", email.lastEvent());
  }

  @Override
  public void close() {
    server.close();
  }
}
