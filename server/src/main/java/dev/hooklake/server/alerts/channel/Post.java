package dev.hooklake.server.alerts.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Posts JSON and wants a 2xx, and its body to the end, within ten seconds. Redirects are not
/// followed: who moved says so in the settings. What fails is told without the URL's path, which
/// may be a secret.
final class Post {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  Post(URI url) {
    this(url, PATIENCE);
  }

  Post(URI url, Duration patience) {
    this.url = url;
    this.patience = patience;
  }

  static byte[] json(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body).getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written", e);
    }
  }

  void send(byte[] body, Map<String, String> headers) throws ChannelFailure, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("User-Agent", "hooklake")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    int status = status(client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding()));
    if (status / 100 != 2) {
      throw new ChannelFailure(url.getHost() + " answered " + status);
    }
  }

  /// A time-out of the client's own would end with the headers, and a body may dribble for ever.
  private int status(CompletableFuture<HttpResponse<Void>> answer)
      throws ChannelFailure, InterruptedException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (TimeoutException e) {
      throw new ChannelFailure(
          url.getHost() + " did not answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new ChannelFailure(
          url.getHost()
              + " could not be reached: "
              + Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName());
    } finally {
      answer.cancel(true);
    }
  }
}
