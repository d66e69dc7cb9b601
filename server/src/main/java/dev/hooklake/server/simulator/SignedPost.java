package dev.hooklake.server.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/// One event, signed and posted as its provider would.
public final class SignedPost {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private SignedPost() {}

  public static <T> HttpResponse<T> send(
      Sender sender, SimulatedEvent event, Instant at, HttpResponse.BodyHandler<T> answer)
      throws IOException, InterruptedException {
    Signed signed = sender.sign(event, at);
    URI url = sender.url().resolve(sender.target(signed));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(event.body().unsafeBytes()));
    signed
        .headers()
        .values()
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), answer);
    }
  }
}
