package dev.hooklake.providers.customerio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A webhook as Customer.io keeps it. Its signing key is not in the API: it is shown only on the
/// page of the webhook.
///
/// @param id 0 before it was created
/// @param type `webhook` or `js`
/// @param endpoint the address events go to; may hold a password, see [#shownEndpoint]
/// @param fullResolution every open and click is sent, not only a delivery's first
/// @param withContent bodies of messages come along with `sent` events
public record ReportingWebhook(
    long id,
    String type,
    String name,
    String endpoint,
    List<String> events,
    boolean disabled,
    boolean fullResolution,
    boolean withContent) {
  public ReportingWebhook {
    events = List.copyOf(events);
  }

  public ReportingWebhook with(boolean disabled) {
    return new ReportingWebhook(
        id, type, name, endpoint, events, disabled, fullResolution, withContent);
  }

  /// The endpoint without what may be secret in it: user, password and query.
  public String shownEndpoint() {
    try {
      URI address = URI.create(endpoint);
      if (address.getHost() == null) {
        return "***";
      }
      String port = address.getPort() < 0 ? "" : ":" + address.getPort();
      String hidden = address.getRawQuery() == null ? "" : "?***";
      return address.getScheme()
          + "://"
          + (address.getRawUserInfo() == null ? "" : "***@")
          + address.getHost()
          + port
          + address.getRawPath()
          + hidden;
    } catch (IllegalArgumentException e) {
      return "***";
    }
  }

  /// Empty without an id or a list of events: an update would write back that it wants none.
  static Optional<ReportingWebhook> of(JsonNode json) {
    Long id = Json.number(json, "id");
    JsonNode events = json.path("events");
    if (id == null || !events.isArray()) {
      return Optional.empty();
    }
    return Optional.of(
        new ReportingWebhook(
            id,
            json.path("type").asText("webhook"),
            json.path("name").asText(),
            json.path("endpoint").asText(),
            events.valueStream().map(JsonNode::asText).toList(),
            json.path("disabled").asBoolean(),
            json.path("full_resolution").asBoolean(),
            json.path("with_content").asBoolean()));
  }

  /// All of it: whether an update may leave fields out is not documented.
  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("name", name).put("endpoint", endpoint).put("disabled", disabled);
    json.put("full_resolution", fullResolution).put("with_content", withContent);
    events.forEach(json.putArray("events")::add);
    return json;
  }

  @Override
  public String toString() {
    return "ReportingWebhook[" + id + ", " + shownEndpoint() + "]";
  }
}
