package dev.hooklake.server.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One event, signed and posted as its provider would.
public final class SignedPost {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private SignedPost() {}

  /// Waits for what `answer` waits for, and never longer than ten seconds.
  public static <T> HttpResponse<T> send(
      Sender sender, SimulatedEvent event, Instant at, HttpResponse.BodyHandler<T> answer)
      throws IOException, InterruptedException {
    Signed signed = sender.sign(event, at);
    URI url = sender.url().resolve(sender.target(signed));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .POST(HttpRequest.BodyPublishers.ofByteArray(event.body().unsafeBytes()));
    signed
        .headers()
        .values()
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    try {
      return whole(client.sendAsync(request.build(), answer));
    } finally {
      // A close would wait for the end of a body that may never end.
      client.shutdownNow();
    }
  }

  /// A request's own timeout ends with the headers.
  private static <T> HttpResponse<T> whole(CompletableFuture<HttpResponse<T>> exchange)
      throws IOException, InterruptedException {
    try {
      return exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw (IOException)
          new HttpTimeoutException("no whole answer within " + TIMEOUT).initCause(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }
}
