package dev.hooklake.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A provider's API on the loopback: counts every request, refuses those over the limit, and does
/// what a test scripted before it answers as the provider would.
public final class FakeServer implements AutoCloseable {
  private static final int MOST_BODY_BYTES = 32 << 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final RequestRate rate = new RequestRate();
  private final int requestsPerSecond;
  private final Reply overLimit;

  /// @param requestsPerSecond in any sliding second; beyond it requests get `overLimit`
  public FakeServer(int requestsPerSecond, Reply overLimit, Function<Ask, Reply> pages) {
    this.requestsPerSecond = requestsPerSecond;
    this.overLimit = overLimit;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a fake", e);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, pages));
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public RequestRate rate() {
    return rate;
  }

  /// The next request meets this instead of an answer, and so on in order.
  public void next(Fault fault) {
    faults.add(fault);
  }

  private void serve(HttpExchange exchange, Function<Ask, Reply> pages) throws IOException {
    int inThisSecond = rate.arrived(System.nanoTime());
    Ask ask = ask(exchange);
    try (exchange) {
      Fault fault = faults.poll();
      if (fault != null) {
        meet(fault, exchange, () -> answer(pages, ask));
      } else {
        send(exchange, inThisSecond > requestsPerSecond ? overLimit : answer(pages, ask));
      }
    }
  }

  private static Reply answer(Function<Ask, Reply> pages, Ask ask) {
    try {
      return pages.apply(ask);
    } catch (NumberFormatException e) {
      return Reply.text(400, "{\"errors\":[{\"detail\":\"not a number\",\"status\":\"400\"}]}");
    }
  }

  private void meet(Fault fault, HttpExchange exchange, Runnable doing) throws IOException {
    switch (fault) {
      case Fault.Answered(Reply reply) -> send(exchange, reply);
      case Fault.Silence() -> awaitClosing();
      case Fault.CutOff() -> cutOff(exchange);
      case Fault.Lost() -> {
        doing.run();
        cutOff(exchange);
      }
    }
  }

  private static void cutOff(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1_000);
    exchange.getResponseBody().write("{\"mess".getBytes(UTF_8));
    exchange.getResponseBody().flush();
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static Ask ask(HttpExchange exchange) throws IOException {
    URI target = exchange.getRequestURI();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    return new Ask(
        method(exchange),
        target.getPath(),
        query(target.getRawQuery()),
        authorization == null ? "" : authorization,
        new String(body(exchange).readNBytes(MOST_BODY_BYTES), UTF_8));
  }

  /// Clients that cannot send every method say which they mean.
  private static String method(HttpExchange exchange) {
    String meant = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
    return meant == null ? exchange.getRequestMethod() : meant;
  }

  private static InputStream body(HttpExchange exchange) throws IOException {
    boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream sent = exchange.getRequestBody();
    return packed ? new GZIPInputStream(sent) : sent;
  }

  private static Map<String, String> query(@Nullable String raw) {
    var query = new LinkedHashMap<String, String>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
      }
    }
    return query;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
