package dev.hooklake.server.admin;

import dev.hooklake.server.access.AccessToken;
import dev.hooklake.server.access.AccessTokens;
import dev.hooklake.server.access.LoginLimit;
import dev.hooklake.server.access.SessionLimits;
import dev.hooklake.server.access.Sessions;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.MemoryLake;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.server.pipeline.PipelineSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A real admin port that serves further routes, beside a journal and a lake with nothing in them.
final class AdminUnderTest implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient http = HttpClient.newHttpClient();
  private static final String VIEWER = "a viewer's token";

  private final AccessToken token;
  private final LakePipeline pipeline;
  private final AdminServer server;

  AdminUnderTest(Path directory, List<AdminRoute> routes) throws IOException {
    var clock = new ManualClock();
    var journal = new MemoryJournal(clock);
    token = AccessToken.in(directory.resolve("admin-token"));
    pipeline =
        LakePipeline.start(
            new LakePipeline.Parts(
                journal, new MemoryLake(), Map.of(), registry, clock, RandomGenerator.getDefault()),
            PipelineSettings.DEFAULT);
    var status =
        new StatusReport(
            new StatusReport.Parts(
                journal,
                pipeline,
                List.of(),
                List::of,
                List::of,
                new OwnEvents(journal, registry),
                Optional::empty,
                Map.of(),
                clock),
            "1",
            false);
    var events = new EventOutcomes(journal, pipeline, (_, _) -> Optional.empty());
    server =
        AdminServer.start(
            new AdminSettings("127.0.0.1", 0),
            new AdminServer.Parts(
                new AccessTokens(token, AccessToken.of(VIEWER)),
                new Sessions(SessionLimits.DEFAULT, clock),
                new LoginLimit(clock),
                status,
                events,
                registry,
                routes));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  HttpResponse<String> send(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    return send(request(path).header("Authorization", "Bearer " + token.reveal()), method, body);
  }

  HttpResponse<String> sendAsViewer(String method, String path)
      throws IOException, InterruptedException {
    return send(
        request(path).header("Authorization", "Bearer " + VIEWER),
        method,
        HttpRequest.BodyPublishers.noBody());
  }

  HttpResponse<String> sendWithoutToken(String method, String path)
      throws IOException, InterruptedException {
    return send(request(path), method, HttpRequest.BodyPublishers.noBody());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String method, BodyPublisher body)
      throws IOException, InterruptedException {
    return http.send(request.method(method, body).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
    server.close();
    pipeline.close();
    registry.close();
  }
}
