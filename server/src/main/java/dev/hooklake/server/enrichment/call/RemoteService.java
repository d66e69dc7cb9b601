package dev.hooklake.server.enrichment.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.failsafe.CircuitBreaker;
import dev.hooklake.server.enrichment.call.Failure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One service that we call: waits for our turn, calls, and says what came of it.
///
/// While the service fails it is left alone, and asking then costs it nothing. Nothing it writes
/// and no URL of ours gets into a failure's reason.
public final class RemoteService {
  private static final long LARGEST_ANSWER = 1 << 20;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final Logger LOG = LoggerFactory.getLogger(RemoteService.class);

  /// How soon credentials that were refused are tried again: they may be mended at the service.
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(5);

  private static final Duration USUAL_PAUSE = Duration.ofSeconds(65);

  /// What a service is called with.
  public record Parts(HttpClient http, Ending ending, InstantSource clock, CallMeters meters) {}

  private final String name;
  private final CallLimits limits;
  private final SharedPace pace;
  private final Parts parts;
  private final Semaphore concurrent;
  private final CircuitBreaker<Object> breaker;
  private volatile Instant refusedUntil = Instant.MIN;

  public RemoteService(String name, CallLimits limits, SharedPace pace, Parts parts) {
    this.name = name;
    this.limits = limits;
    this.pace = pace;
    this.parts = parts;
    this.concurrent = new Semaphore(limits.concurrent());
    this.breaker =
        CircuitBreaker.builder()
            .withFailureThreshold(limits.breaker().failures(), limits.breaker().of())
            .withDelay(limits.breaker().pause())
            .build();
    parts.meters().watch(name, () -> breaker.isClosed() ? 0 : 1, () -> refusesUs() ? 1 : 0);
  }

  public String name() {
    return name;
  }

  public CallOutcome call(HttpRequest request) throws InterruptedException {
    CallOutcome outcome = inTurn(request);
    parts.meters().called(name, outcome);
    return outcome;
  }

  /// The answer meant that our credentials are not accepted. Nobody calls for a while, and the
  /// operator is told.
  public Failure refused() {
    boolean known = refusesUs();
    refusedUntil = parts.clock().instant().plus(AFTER_REFUSAL);
    if (!known) {
      LOG.error(
          "{} does not accept our credentials. Mend them in the settings and restart; leads that"
              + " need it wait meanwhile, up to enrichment.queue.give-up-after.",
          name);
    }
    return refusal(AFTER_REFUSAL);
  }

  /// Whether it did not accept our credentials a short while ago.
  public boolean refusesUs() {
    return parts.clock().instant().isBefore(refusedUntil);
  }

  private Failure refusal(Duration left) {
    return new Failure(Kind.REFUSED, name + " does not accept our credentials", left);
  }

  private CallOutcome inTurn(HttpRequest request) throws InterruptedException {
    if (refusesUs()) {
      Duration left = Duration.between(parts.clock().instant(), refusedUntil);
      return new CallOutcome.Failed(refusal(left));
    }
    if (breaker.isOpen()) {
      return leftAlone();
    }
    concurrent.acquire();
    try {
      if (!pace.awaitTurn(parts.ending())) {
        return failed(Kind.NOT_NOW, "this server is stopping", Duration.ZERO);
      }
      if (!breaker.tryAcquirePermit()) {
        return leftAlone();
      }
      return judged(send(request));
    } finally {
      concurrent.release();
    }
  }

  private CallOutcome leftAlone() {
    return failed(
        Kind.NOT_NOW, name + " failed too often and is left alone", breaker.getRemainingDelay());
  }

  private CallOutcome send(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        parts
            .http()
            .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      // The client's own time-out ends with the answer's head; a body may drip for ever.
      return read(answer.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return failed(Kind.LOST, name + " did not answer within " + limits.timeout(), null);
    } catch (ExecutionException e) {
      return broken(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private CallOutcome broken(@Nullable Throwable cause) {
    return switch (cause) {
      case ConnectException _, HttpConnectTimeoutException _ ->
          failed(Kind.UNREACHABLE, name + " cannot be reached", null);
      case IOException _ -> failed(Kind.LOST, name + " gave no whole answer", null);
      case null, default ->
          failed(
              Kind.LOST,
              "the call of "
                  + name
                  + " failed with "
                  + (cause == null ? "nothing" : cause.getClass().getSimpleName()),
              null);
    };
  }

  private CallOutcome read(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    Duration retryAfter =
        answer
            .headers()
            .firstValue("retry-after")
            .flatMap(text -> RetryAfter.parse(text, parts.clock().instant()))
            .orElse(null);
    if (status == TOO_MANY_REQUESTS || (status == UNAVAILABLE && retryAfter != null)) {
      Duration pause = retryAfter == null ? USUAL_PAUSE : retryAfter;
      pace.pause(pause);
      return failed(Kind.THROTTLED, name + " asks for fewer calls", pause);
    }
    if (status >= 500) {
      return failed(Kind.SERVER_ERROR, name + " answered " + status, retryAfter);
    }
    return new CallOutcome.Answered(status, new String(answer.body(), UTF_8));
  }

  private CallOutcome judged(CallOutcome outcome) {
    switch (outcome) {
      case CallOutcome.Answered _ -> breaker.recordSuccess();
      case CallOutcome.Failed(Failure failure) -> {
        // A service that throttles is well.
        if (failure.kind() == Kind.THROTTLED) {
          breaker.recordSuccess();
        } else {
          breaker.recordFailure();
        }
      }
    }
    return outcome;
  }

  private static CallOutcome failed(Kind kind, String reason, @Nullable Duration retryAfter) {
    return new CallOutcome.Failed(new Failure(kind, reason, retryAfter));
  }
}
