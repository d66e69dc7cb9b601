package dev.hooklake.server.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Peer;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// One source's path: looks who sends, reads the body, hands the delivery to the inbox, answers
/// with its receipt.
final class DeliveryRoute implements Handler {

  /// What all sources share: the limits on work under way.
  record Limits(
      BodyReader bodies,
      ByteBudget memory,
      Semaphore inFlight,
      RequestDeadlines deadlines,
      Proxies proxies,
      Duration retryAfter) {}

  private static final Set<Integer> TRY_LATER =
      Set.of(Status.SERVICE_UNAVAILABLE_503.code(), Status.TOO_MANY_REQUESTS_429.code());

  /// The port speaks plain HTTP; a proxy that ends TLS says so in its headers.
  private static final String SCHEME = "http";

  private final Inbox inbox;
  private final Limits limits;
  private final Header retryAfter;

  DeliveryRoute(Inbox inbox, Limits limits) {
    this.inbox = inbox;
    this.limits = limits;
    this.retryAfter =
        HeaderValues.create(
            HeaderNames.RETRY_AFTER, String.valueOf(limits.retryAfter().toSeconds()));
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    Timer.Sample sample = inbox.meters().arrived();
    try (ByteBudget.Share memory = limits.memory().share()) {
      boolean admitted = inbox.admits(limits.proxies().senderOf(request));
      answer(admitted ? receive(request, memory) : turnAway(), response);
    } finally {
      inbox.meters().answered(sample);
    }
  }

  private Receipt turnAway() {
    return inbox.turnAway(limits.deadlines().readWhole().orElseThrow(this::tooSlow));
  }

  private Receipt receive(ServerRequest request, ByteBudget.Share memory) {
    Body body = read(request, memory);
    Instant arrivedAt = limits.deadlines().readWhole().orElseThrow(this::tooSlow);
    return switch (body) {
      case Body.Whole(Payload payload) -> receive(request, payload, arrivedAt);
      case Body.Unusable(Rejection reason) -> inbox.reject(reason);
    };
  }

  private Body read(ServerRequest request, ByteBudget.Share memory) {
    ServerRequestHeaders headers = request.headers();
    BodyEncoding encoding = BodyEncoding.of(headers.all(HeaderNames.CONTENT_ENCODING, List::of));
    try {
      return limits
          .bodies()
          .read(
              request.content().inputStream(),
              headers.contentLength().orElse(-1),
              encoding,
              memory);
    } catch (RequestException e) {
      // Malformed chunks: the server answers 400 by itself.
      inbox.reject(Rejection.BODY_INCOMPLETE);
      throw e;
    } catch (IOException | RuntimeException e) {
      inbox.reject(Rejection.BODY_INCOMPLETE);
      throw new CloseConnectionException("the body did not arrive whole", e);
    }
  }

  private CloseConnectionException tooSlow() {
    inbox.reject(Rejection.BODY_INCOMPLETE);
    return new CloseConnectionException("the body did not arrive in time");
  }

  private Receipt receive(ServerRequest request, Payload payload, Instant arrivedAt) {
    if (!limits.inFlight().tryAcquire()) {
      return inbox.reject(Rejection.OVERLOADED);
    }
    try {
      return inbox.receive(
          new Delivery(
              request.path().rawPath(),
              request.query().rawValue(),
              headers(request),
              payload,
              arrivedAt,
              new Peer(SCHEME, limits.proxies().trust(Proxies.peer(request)))));
    } finally {
      limits.inFlight().release();
    }
  }

  private static Headers headers(ServerRequest request) {
    var pairs = new ArrayList<String>();
    for (Header header : request.headers()) {
      for (String value : header.allValues()) {
        pairs.add(header.headerName().lowerCase());
        pairs.add(value);
      }
    }
    return Headers.of(pairs);
  }

  private void answer(Receipt receipt, ServerResponse response) {
    Answer answer =
        switch (receipt) {
          case Receipt.Stored(var delivery, var events) ->
              inbox.source().accepted(delivery, events);
          case Receipt.Refused(var refusal) -> inbox.source().refused(refusal);
          case Receipt.Rejected(Rejection reason) -> {
            int status = reason.ofSource() ? inbox.source().tryLaterStatus() : reason.status();
            if (TRY_LATER.contains(status)) {
              response.header(retryAfter);
            }
            // What is left of the body may never end.
            response.header(HeaderValues.CONNECTION_CLOSE);
            yield Answer.json(status, "{\"error\": \"" + reason.message() + "\"}");
          }
        };
    send(answer, response);
  }

  /// Answers a GET where the provider asks whether an address is ours, and says 405 where it does
  /// not.
  void handshake(ServerRequest request, ServerResponse response) {
    Optional<Answer> answer = inbox.source().handshake(request.query().rawValue());
    if (answer.isPresent()) {
      send(answer.get(), response);
    } else {
      StatusPages.wrongMethod(response, Method.POST.text());
    }
  }

  static void send(Answer answer, ServerResponse response) {
    response
        .status(Status.create(answer.status()))
        .header(contentType(answer.contentType()))
        .send(answer.body().getBytes(UTF_8));
  }

  /// Nearly always JSON, whose header is ready-made.
  private static Header contentType(String type) {
    return type.equals(HeaderValues.CONTENT_TYPE_JSON.get())
        ? HeaderValues.CONTENT_TYPE_JSON
        : HeaderValues.create(HeaderNames.CONTENT_TYPE, type);
  }
}
