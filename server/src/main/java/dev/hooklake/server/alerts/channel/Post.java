package dev.hooklake.server.alerts.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/// Posts JSON and wants a 2xx within ten seconds. Redirects are not followed: who moved says so in
/// the settings. What fails is told without the URL's path, which may be a secret.
final class Post {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  Post(URI url) {
    this.url = url;
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
            .timeout(PATIENCE)
            .header("User-Agent", "hooklake")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    int status;
    try {
      status = client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new ChannelFailure(
          url.getHost() + " could not be reached: " + e.getClass().getSimpleName());
    }
    if (status / 100 != 2) {
      throw new ChannelFailure(url.getHost() + " answered " + status);
    }
  }
}
