package dev.hooklake.testkit.customerio;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.Reply;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// `/v1/exports`: pending for some looks, then done or failed, with a link that is good for 15
/// minutes and wants no key.
final class FakeExports {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long DAY_SECONDS = 86_400;
  private static final long USUAL_WINDOW_SECONDS = 184 * DAY_SECONDS;
  private static final long LONGEST_WINDOW_SECONDS = 366 * DAY_SECONDS;
  private static final long LINK_SECONDS = 15 * 60;
  private static final List<String> PARENTS =
      List.of("newsletter_id", "campaign_id", "transactional_message_id", "action_id");

  private final FakeMessages messages;
  private final InstantSource clock;
  private final Supplier<URI> url;
  private final Map<Long, Export> exports = new TreeMap<>();
  private final Map<String, Link> links = new ConcurrentHashMap<>();
  volatile int looksUntilDone = 1;
  volatile boolean fails;
  volatile String linksTo = "";

  private static final class Export {
    private final long number;
    private final String parent;
    private final long id;
    private final long start;
    private final long end;
    private int looks;

    Export(long number, String parent, long id, long start, long end) {
      this.number = number;
      this.parent = parent;
      this.id = id;
      this.start = start;
      this.end = end;
    }

    boolean holds(FakeMessage message) {
      return Long.valueOf(id).equals(message.parent().get(parent))
          && message.created() >= start
          && message.created() <= end;
    }
  }

  private record Link(Export export, Instant until) {}

  FakeExports(FakeMessages messages, InstantSource clock, Supplier<URI> url) {
    this.messages = messages;
    this.clock = clock;
    this.url = url;
  }

  /// @param path `v1`, `exports` and what follows
  synchronized Reply answer(Ask ask, String[] path) {
    if (path.length == 2) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      var list = answer.putArray("exports");
      exports.values().forEach(export -> list.add(json(export)));
      return Reply.json(200, answer);
    }
    if (path[2].equals("deliveries")) {
      return ask.method().equals("POST") ? create(ask) : CustomerIoFake.error(405, "POST");
    }
    long id = Long.parseLong(path[2]);
    Export export = exports.get(id);
    if (export == null) {
      return CustomerIoFake.error(404, "export not found");
    }
    if (path.length == 4 && path[3].equals("download")) {
      return download(export);
    }
    export.looks++;
    return one(export);
  }

  private Reply one(Export export) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("export", json(export));
    return Reply.json(200, answer);
  }

  private boolean done(Export export) {
    return !fails && export.looks >= looksUntilDone;
  }

  private ObjectNode json(Export export) {
    boolean failed = fails && export.looks >= looksUntilDone;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", export.number).put("type", "deliveries").put("failed", failed);
    json.put("status", failed ? "failed" : done(export) ? "done" : "pending");
    json.put("total", done(export) ? messages.all().filter(export::holds).count() : 0);
    return json.put("description", "").put("downloads", 0);
  }

  private Reply create(Ask ask) {
    JsonNode wish = read(ask.body());
    List<String> given = PARENTS.stream().filter(wish::has).toList();
    if (given.size() != 1 || !wish.path(given.getFirst()).isIntegralNumber()) {
      return CustomerIoFake.error(400, "exactly one of " + PARENTS + " is required");
    }
    long end = wish.path("end").asLong(clock.instant().getEpochSecond());
    long start = wish.path("start").asLong(end - USUAL_WINDOW_SECONDS);
    long number = 500L + exports.size();
    String parent = given.getFirst();
    var export =
        new Export(
            number,
            parent,
            wish.path(parent).asLong(),
            Math.max(start, end - LONGEST_WINDOW_SECONDS),
            end);
    exports.put(number, export);
    return one(export);
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private Reply download(Export export) {
    if (!done(export)) {
      return CustomerIoFake.error(400, "export is not done");
    }
    String token = UUID.randomUUID().toString();
    links.put(token, new Link(export, clock.instant().plusSeconds(LINK_SECONDS)));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    String link = linksTo.isEmpty() ? url.get() + "/files/" + token : linksTo;
    return Reply.json(200, answer.put("url", link + "?signature=invented"));
  }

  /// As a store of files answers: not in JSON, and not to whoever shows the API's key.
  synchronized Reply file(Ask ask, String token) {
    Link link = links.get(token);
    if (!ask.authorization().isEmpty()) {
      return Reply.text(400, "<Error>only one kind of authorization</Error>");
    }
    if (link == null || link.until().isBefore(clock.instant())) {
      return Reply.text(403, "<Error>request has expired</Error>");
    }
    Export export = link.export();
    var file = new StringBuilder(String.join(",", FakeMessage.COLUMNS)).append('\n');
    messages
        .all()
        .filter(export::holds)
        .forEach(message -> file.append(message.csv()).append('\n'));
    return Reply.text(200, file.toString()).with("Content-Type", "text/csv");
  }
}
