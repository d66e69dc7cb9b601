package dev.hooklake.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Calls a provider's API: in the shared pace, again after what may pass, and never longer than its
/// patience. Redirects are not followed: they would carry the key elsewhere.
public final class ProviderHttp {
  private static final int MAX_BODY_BYTES = 32 << 20;
  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);

  private final URI base;
  private final Authorization authorization;
  private final Pace pace;
  private final Patience patience;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIME)
          .build();

  public ProviderHttp(URI base, Authorization authorization, Pace pace, Patience patience) {
    String scheme = String.valueOf(base.getScheme());
    if (!(scheme.equals("https") || scheme.equals("http")) || base.getHost() == null) {
      throw new IllegalArgumentException("an API's address begins with https:// and names a host");
    }
    this.base = base;
    this.authorization = authorization;
    this.pace = pace;
    this.patience = patience;
  }

  /// The answer's JSON; a missing node when the answer is empty.
  public Answer<JsonNode> send(Call call) throws InterruptedException {
    Attempt last = attempt(call);
    boolean perhapsDone = false;
    for (int tried = 1; tried < patience.attempts() && last.again(call); tried++) {
      Duration wait = last.wait(patience.waitAfter(tried));
      if (wait.compareTo(patience.longestAskedWait()) > 0) {
        break;
      }
      if (last.overLimit()) {
        pace.holdBack(wait);
      } else {
        pace.pauses().pause(wait);
      }
      perhapsDone |= last.perhapsDone(call);
      last = attempt(call);
    }
    return perhapsDone ? afterLoss(last.answer(call)) : last.answer(call);
  }

  /// A try that was lost before may have made the change: what came then does not say that it was
  /// not made.
  private static Answer<JsonNode> afterLoss(Answer<JsonNode> answer) {
    return answer instanceof Answer.Failed<JsonNode> failed
        ? Answer.failed(
            new Failure.Unavailable(failed.why().message() + "; an earlier try may have been done"))
        : answer;
  }

  private Attempt attempt(Call call) throws InterruptedException {
    pace.awaitTurn();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request(call), head -> new LimitedBody(MAX_BODY_BYTES));
    try {
      HttpResponse<byte[]> response =
          exchange.get(patience.attemptTime().toMillis(), TimeUnit.MILLISECONDS);
      return Attempt.answered(
          response.statusCode(), response.body(), RetryAfter.in(response.headers()));
    } catch (TimeoutException e) {
      return Attempt.broken("no whole answer within " + patience.attemptTime(), false);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return Attempt.broken(reason(cause), cause instanceof ConnectException);
    } finally {
      exchange.cancel(true);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null ? "unknown" : cause.getClass().getSimpleName();
  }

  private HttpRequest request(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + call.target()))
            .header("Authorization", authorization.header())
            .header("Accept", "application/json")
            .header("User-Agent", "hooklake");
    JsonNode body = call.body();
    if (body == null) {
      return request.method(call.method(), BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(call.method(), BodyPublishers.ofString(body.toString()))
        .build();
  }
}
