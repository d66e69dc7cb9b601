package dev.hooklake.testkit.customerio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import dev.hooklake.testkit.http.RequestRate;
import java.net.URI;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Customer.io's App API on the loopback: 10 requests a second, both error envelopes, cursor paging
/// with at most 1000 messages a page, six months a window.
public final class CustomerIoFake implements AutoCloseable {
  public static final int REQUESTS_PER_SECOND = 10;
  private static final long LONGEST_WINDOW_SECONDS = 184 * 86_400L;
  private static final int NEWSLETTERS_A_PAGE = 2;
  private static final String FILES = "/files/";

  private final FakeMessages messages;
  private final InstantSource clock;
  private final String authorization;
  private final FakeWebhooks webhooks = new FakeWebhooks();
  private final FakeMetrics metrics;
  private final FakeExports exports;
  private final FakeServer server;
  private volatile boolean repeatsCursors;

  public CustomerIoFake(FakeMessages messages, String key, InstantSource clock) {
    this(messages, key, clock, REQUESTS_PER_SECOND);
  }

  /// With another limit, for tests of something else.
  public CustomerIoFake(
      FakeMessages messages, String key, InstantSource clock, int requestsPerSecond) {
    this.messages = messages;
    this.clock = clock;
    this.authorization = "Bearer " + key;
    this.metrics = new FakeMetrics(messages, clock);
    this.exports = new FakeExports(messages, clock, this::url);
    this.server = new FakeServer(requestsPerSecond, overLimit(), this::answer);
  }

  private static Reply overLimit() {
    return error(429, "rate limited to 10 requests per 1s (test)").with("Retry-After", "1");
  }

  public URI url() {
    return server.url();
  }

  public RequestRate rate() {
    return server.rate();
  }

  public void next(Fault fault) {
    server.next(fault);
  }

  /// The next request is over the limit, however slow its sender is: somebody else used the bucket
  /// up.
  public void refuseNext() {
    server.next(new Fault.Answered(overLimit()));
  }

  /// From now on the list of messages gives one cursor again and again.
  public void repeatCursors() {
    repeatsCursors = true;
  }

  /// Exports asked for from now on are pending for so many looks.
  public void exportsTake(int looks) {
    exports.looksUntilDone = looks;
  }

  /// From now on exports fail instead of being done.
  public void failExports() {
    exports.fails = true;
  }

  /// From now on the links to files lead there.
  public void linkExportsTo(String url) {
    exports.linksTo = url;
  }

  static Reply error(int status, String detail) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("errors").addObject().put("detail", detail).put("status", String.valueOf(status));
    return Reply.json(status, body);
  }

  private static Reply metaError(int status, String text) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("meta").put("error", text);
    return Reply.json(status, body);
  }

  private Reply answer(Ask ask) {
    if (ask.path().startsWith(FILES)) {
      return exports.file(ask, ask.path().substring(FILES.length()));
    }
    if (!ask.authorization().equals(authorization)) {
      return metaError(401, "unauthorized");
    }
    String[] path = ask.path().substring(1).split("/");
    if (path.length < 2 || !path[0].equals("v1")) {
      return error(404, "not found");
    }
    return switch (path[1]) {
      case "reporting_webhooks" -> webhooks(ask, path);
      case "messages" -> path.length == 2 ? list(ask) : one(path[2]);
      case "exports" -> exports.answer(ask, path);
      case "campaigns" -> parent(ask, path, "campaign_id", "campaigns");
      case "broadcasts" -> parent(ask, path, "broadcast_id", "broadcasts");
      case "newsletters" -> path.length == 2 ? newsletters(ask) : newsletter(ask, path);
      case "transactional" -> path.length == 2 ? named("messages", "none") : metrics(ask, path);
      default -> error(404, "not found");
    };
  }

  private Reply webhooks(Ask ask, String[] path) {
    if (path.length == 3) {
      return webhooks.one(ask, Long.parseLong(path[2]));
    }
    return ask.method().equals("POST") ? webhooks.create(ask) : webhooks.list();
  }

  private Reply parent(Ask ask, String[] path, String field, String list) {
    if (path.length == 2) {
      return named(list, field);
    }
    return path.length == 4 && path[3].equals("actions") ? actions() : metrics(ask, path);
  }

  private Reply newsletter(Ask ask, String[] path) {
    if (path.length != 4 || !path[3].equals("contents")) {
      return metrics(ask, path);
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    long id = Long.parseLong(path[2]);
    answer.putArray("contents").addObject().put("id", id * 10 + 1).put("name", "Variant A");
    return Reply.json(200, answer);
  }

  private Reply metrics(Ask ask, String[] path) {
    if (path.length != 4 || !path[3].equals("metrics")) {
      return error(404, "not found");
    }
    long id = Long.parseLong(path[2]);
    return switch (path[1]) {
      case "campaigns" -> metrics.campaign(ask, id);
      case "broadcasts" -> metrics.steps(ask, "broadcast_id", id);
      case "newsletters" -> metrics.steps(ask, "newsletter_id", id);
      default -> metrics.steps(ask, "transactional_message_id", id);
    };
  }

  private Reply list(Ask ask) {
    int limit = (int) ask.number("limit", 50);
    if (limit < 1 || limit > 1_000) {
      return error(400, "limit must be between 1 and 1000");
    }
    long end = ask.number("end_ts", clock.instant().getEpochSecond());
    long start =
        Math.max(
            ask.number("start_ts", end - LONGEST_WINDOW_SECONDS), end - LONGEST_WINDOW_SECONDS);
    long after = cursor(ask.query("start", ""));
    List<FakeMessage> page = messages.page(start, end, after, limit);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("messages");
    page.forEach(message -> items.add(message.json()));
    boolean more = page.size() == limit;
    String next = repeatsCursors ? "c2FtZQ==" : more ? cursorOf(after + page.size()) : "";
    return Reply.json(200, answer.put("next", next));
  }

  private static long cursor(String text) {
    if (text.isEmpty() || text.equals("c2FtZQ==")) {
      return 0;
    }
    return Long.parseLong(new String(Base64.getDecoder().decode(text), UTF_8).substring(2));
  }

  private static String cursorOf(long place) {
    return Base64.getEncoder().encodeToString(("p:" + place).getBytes(UTF_8));
  }

  private Reply one(String id) {
    return messages
        .byId(id)
        .map(message -> {
          ObjectNode answer = JsonNodeFactory.instance.objectNode();
          answer.set("message", message.json());
          return Reply.json(200, answer);
        })
        .orElseGet(() -> error(404, "message not found"));
  }

  /// Ids of all parents of a kind; of a long history only its beginning is looked at.
  private SortedSet<Long> ids(String field) {
    var ids = new TreeSet<Long>();
    messages
        .all()
        .limit(10_000)
        .forEach(message -> {
          Long id = message.parent().get(field);
          if (id != null) {
            ids.add(id);
          }
        });
    return ids;
  }

  private Reply named(String list, String field) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray(list);
    for (long id : ids(field)) {
      items.addObject().put("id", id).put("name", name(field, id)).put("state", "running");
    }
    return Reply.json(200, answer);
  }

  private static String name(String field, long id) {
    return Character.toUpperCase(field.charAt(0))
        + field.substring(1, field.indexOf('_'))
        + " "
        + id;
  }

  private Reply newsletters(Ask ask) {
    List<Long> all = List.copyOf(ids("newsletter_id"));
    int from = (int) cursor(ask.query("start", ""));
    int to = Math.min(all.size(), from + NEWSLETTERS_A_PAGE);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("newsletters");
    for (long id : all.subList(Math.min(from, to), to)) {
      items.addObject().put("id", id).put("name", name("newsletter_id", id)).put("type", "email");
    }
    return Reply.json(200, answer.put("next", to < all.size() ? cursorOf(to) : ""));
  }

  /// Here ids are text, as they were seen.
  private Reply actions() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("actions");
    items.addObject().put("id", "11").put("name", "First email").put("type", "email");
    return Reply.json(200, answer.put("next", ""));
  }

  @Override
  public void close() {
    server.close();
  }
}
