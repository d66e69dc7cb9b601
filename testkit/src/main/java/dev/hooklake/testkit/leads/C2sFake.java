package dev.hooklake.testkit.leads;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.CallTimes;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;

/// The CRM: leads, notes and subscriptions, with its limit of calls a minute. It takes every note
/// it is sent, twice when it is sent twice, and shows no mark but what stands in the text. Of very
/// many leads it knows the newest.
public final class C2sFake implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_LEADS = 10_000;
  private static final Set<String> TRIGGERS =
      Set.of("on_create_lead", "on_update_lead", "on_close_lead");

  private final String authorization;
  private final int callsPerMinute;
  private final Weather weather;
  private final Random lost;
  private final double answersLost;
  private final CallTimes calls = new CallTimes();
  private final SequencedMap<String, ObjectNode> leads = new LinkedHashMap<>();
  private final Map<String, String> subscriptions = new LinkedHashMap<>();
  private final FakeServer server;
  private long notesTaken;

  /// A CRM that knows no lead yet.
  ///
  /// @param answersLost share of notes that are taken and answered 500 all the same
  public C2sFake(String token, int callsPerMinute, Weather weather, double answersLost) {
    this.authorization = "Bearer " + token;
    this.callsPerMinute = callsPerMinute;
    this.weather = weather;
    this.lost = new Random(callsPerMinute);
    this.answersLost = answersLost;
    this.server = new FakeServer(Integer.MAX_VALUE, Reply.text(429, ""), this::answer);
  }

  public static C2sFake fair(String token) {
    return new C2sFake(token, Integer.MAX_VALUE, Weather.fair(), 0);
  }

  public URI url() {
    return server.url().resolve("/integration");
  }

  public CallTimes calls() {
    return calls;
  }

  public void next(Fault fault) {
    server.next(fault);
  }

  /// Makes a lead known, or known as it is now; its notes stay unless it comes with messages.
  ///
  /// @param lead `{"id", "attributes"}`
  public synchronized void lead(JsonNode lead) {
    ObjectNode known = lead.deepCopy();
    if (!known.path("messages").isArray()) {
      ObjectNode before = leads.get(lead.path("id").asText());
      known.set("messages", before == null ? known.arrayNode() : before.path("messages"));
    }
    leads.put(lead.path("id").asText(), known);
    if (leads.size() > MOST_LEADS) {
      leads.pollFirstEntry();
    }
  }

  /// How many notes it took, of all leads.
  public synchronized long notesTaken() {
    return notesTaken;
  }

  /// The texts of the notes that a lead got.
  public synchronized List<String> notes(String leadId) {
    var notes = new ArrayList<String>();
    ObjectNode lead = leads.get(leadId);
    if (lead != null) {
      for (JsonNode message : lead.path("messages")) {
        if (message.path("sender_type").asText().equals("SysUser")) {
          notes.add(message.path("body").asText());
        }
      }
    }
    return notes;
  }

  /// Trigger to URL.
  public synchronized Map<String, String> subscriptions() {
    return Map.copyOf(subscriptions);
  }

  private Reply answer(Ask ask) {
    long now = System.nanoTime();
    calls.called(now);
    if (calls.inLast(MINUTE, now) > callsPerMinute) {
      return Reply.text(429, "").with("Retry-After", "60");
    }
    return weather.next().orElseGet(() -> page(ask));
  }

  private synchronized Reply page(Ask ask) {
    if (!ask.authorization().equals(authorization)) {
      return error(403, "not_authorized");
    }
    String path = ask.path().replaceFirst("^/integration", "");
    return switch (path) {
      case "/api/subscribe" -> subscribe(json(ask));
      case "/api/unsubscribe" -> unsubscribe(json(ask));
      case "/leads" -> list(ask);
      default -> ofLead(ask, path.split("/"));
    };
  }

  private Reply ofLead(Ask ask, String[] parts) {
    ObjectNode lead = parts.length > 2 && parts[1].equals("leads") ? leads.get(parts[2]) : null;
    if (lead == null) {
      return error(404, "not_found");
    }
    if (parts.length == 3 && ask.method().equals("GET")) {
      return Reply.json(200, data(lead));
    }
    boolean note = parts.length == 4 && parts[3].equals("create_message");
    return note && ask.method().equals("POST") ? addNote(lead, json(ask)) : error(404, "not_found");
  }

  private Reply addNote(ObjectNode lead, JsonNode note) {
    String text = note.path("body").asText();
    if (text.isBlank()) {
      return error(422, "body is missing");
    }
    notesTaken++;
    ((ArrayNode) lead.path("messages"))
        .addObject()
        .put("id", "m" + lead.path("messages").size())
        .put("sender_type", "SysUser")
        .put("recipient_type", "Customer")
        .put("body", text);
    return lost.nextDouble() < answersLost ? error(500, "internal") : Reply.json(201, data(lead));
  }

  private Reply list(Ask ask) {
    long page = ask.number("page", 1);
    long size = ask.number("perpage", 50);
    if (size > 50 || !ask.query("updated_gte", "").matches("[0-9T:-]{19}Z|")) {
      return error(403, "invalid");
    }
    Instant from = Instant.parse(ask.query("updated_gte", "1970-01-01T00:00:00Z"));
    ArrayNode data = JsonNodeFactory.instance.arrayNode();
    leads.values().stream()
        .filter(lead -> !updatedAt(lead).isBefore(from))
        .sorted(Comparator.comparing(C2sFake::updatedAt))
        .skip((page - 1) * size)
        .limit(size)
        .forEach(data::add);
    return Reply.json(200, JsonNodeFactory.instance.objectNode().set("data", data));
  }

  private static Instant updatedAt(JsonNode lead) {
    return OffsetDateTime.parse(lead.path("attributes").path("updated_at").asText()).toInstant();
  }

  /// One URL for all triggers: another one takes the place of the first.
  private Reply subscribe(JsonNode asked) {
    String trigger = asked.path("hook_action").asText();
    String url = asked.path("hook_url").asText();
    if (!TRIGGERS.contains(trigger)) {
      return Reply.json(
          422,
          JsonNodeFactory.instance
              .objectNode()
              .put("success", false)
              .put("msg", "hook_action not found"));
    }
    subscriptions.values().removeIf(other -> !other.equals(url));
    subscriptions.put(trigger, url);
    return success("Subscribed successfully");
  }

  private Reply unsubscribe(JsonNode asked) {
    subscriptions.remove(asked.path("hook_action").asText());
    return success("Unsubscribed successfully");
  }

  private static Reply success(String message) {
    return Reply.json(
        200, JsonNodeFactory.instance.objectNode().put("success", true).put("message", message));
  }

  private static Reply error(int status, String text) {
    return Reply.json(status, JsonNodeFactory.instance.objectNode().put("error", text));
  }

  private static JsonNode data(ObjectNode lead) {
    return JsonNodeFactory.instance.objectNode().set("data", lead.deepCopy());
  }

  private static JsonNode json(Ask ask) {
    try {
      return JSON.readTree(ask.body().isEmpty() ? "{}" : ask.body());
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
