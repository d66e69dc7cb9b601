package dev.hooklake.server.forwarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// Takes forwarded events on the loopback, and answers as a test says.
public final class Receiver implements AutoCloseable {
  public record Got(String id, Map<String, String> headers, String body, int answered) {}

  private final List<Got> got = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Function<String, Integer> answers = _ -> 204;
  private volatile Map<String, String> answerHeaders = Map.of();

  public Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/hook?token=in-the-url");
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// How it answers from now on.
  ///
  /// @param byId the status for an event's id
  public void answers(Function<String, Integer> byId) {
    answers = byId;
  }

  void answerHeaders(Map<String, String> headers) {
    answerHeaders = headers;
  }

  public List<Got> got() {
    return List.copyOf(got);
  }

  List<String> acceptedIds() {
    return got.stream().filter(one -> one.answered() / 100 == 2).map(Got::id).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      String id = headers.getOrDefault("webhook-id", "");
      int status = answers.apply(id);
      got.add(new Got(id, headers, body, status));
      answerHeaders.forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
