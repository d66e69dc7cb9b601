package dev.hooklake.testkit.customerio;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.Reply;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `/v1/reporting_webhooks`: kept as they were written, up to a hundred.
final class FakeWebhooks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 100;

  private final SequencedMap<Long, ObjectNode> webhooks = new TreeMap<>();
  private long lastId = 1_000;

  synchronized Reply list() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    webhooks.values().forEach(answer.putArray("reporting_webhooks")::add);
    return Reply.json(200, answer);
  }

  synchronized Reply create(Ask ask) {
    ObjectNode webhook = written(ask);
    if (webhook == null || webhooks.size() == MOST) {
      return CustomerIoFake.error(400, "name, endpoint and events are required");
    }
    lastId++;
    webhook.put("id", lastId).put("type", "webhook");
    webhooks.put(lastId, webhook);
    return Reply.json(200, webhook);
  }

  synchronized Reply one(Ask ask, long id) {
    ObjectNode known = webhooks.get(id);
    if (known == null) {
      return CustomerIoFake.error(404, "reporting webhook not found");
    }
    return switch (ask.method()) {
      case "GET" -> Reply.json(200, known);
      case "DELETE" -> {
        webhooks.remove(id);
        yield Reply.text(200, "");
      }
      case "PUT" -> update(ask, id);
      default -> CustomerIoFake.error(405, "method not allowed");
    };
  }

  private Reply update(Ask ask, long id) {
    ObjectNode webhook = written(ask);
    if (webhook == null) {
      return CustomerIoFake.error(400, "name, endpoint and events are required");
    }
    webhook.put("id", id).put("type", "webhook");
    webhooks.put(id, webhook);
    return Reply.json(200, webhook);
  }

  private static @Nullable ObjectNode written(Ask ask) {
    try {
      JsonNode json = JSON.readTree(ask.body());
      boolean whole =
          json.path("name").isTextual()
              && json.path("endpoint").isTextual()
              && json.path("events").size() > 0;
      return whole && json instanceof ObjectNode object ? withDefaults(object) : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static ObjectNode withDefaults(ObjectNode webhook) {
    for (String flag : new String[] {"disabled", "full_resolution", "with_content"}) {
      webhook.put(flag, webhook.path(flag).asBoolean());
    }
    return webhook;
  }
}
