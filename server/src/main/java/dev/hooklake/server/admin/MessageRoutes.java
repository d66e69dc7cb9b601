package dev.hooklake.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.tracking.ExternalId;
import dev.hooklake.server.tracking.Message;
import dev.hooklake.server.tracking.MessageFilter;
import dev.hooklake.server.tracking.MessagePage;
import dev.hooklake.server.tracking.MessagePage.Cursor;
import dev.hooklake.server.tracking.MessageStatus;
import dev.hooklake.server.tracking.Messages;
import dev.hooklake.server.tracking.OutgoingMessage;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The messages on the admin port: register, find by either id, list.
public final class MessageRoutes {
  /// A thousand messages with everything that may stand in them, and room to spare.
  static final int MAX_BODY_BYTES = 2 << 20;

  private static final int USUAL_PAGE = 100;
  private static final List<String> FILTERS =
      List.of(
          "recipient",
          "userId",
          "messageType",
          "channel",
          "status",
          "createdFrom",
          "createdTo",
          "limit",
          "after");

  private final @Nullable Messages messages;

  /// @param messages null while tracking is switched off
  public MessageRoutes(@Nullable Messages messages) {
    this.messages = messages;
  }

  public List<AdminRoute> all() {
    return List.of(
        new AdminRoute(Method.POST, "/api/v1/messages", this::register),
        new AdminRoute(Method.GET, "/api/v1/messages", this::list),
        new AdminRoute(Method.GET, "/api/v1/messages/{+id}", this::byId),
        new AdminRoute(Method.GET, "/api/v1/external-ids/{source}/{+id}", this::byExternalId));
  }

  private void register(ServerRequest request, ServerResponse response) throws IOException {
    JsonNode body = RequestJson.body(request, MAX_BODY_BYTES);
    if (body.isArray()) {
      Answers.json(response, 200, Map.of("outcomes", register(body)));
    } else {
      var outcome = RegistrationView.of(tracked().register(MessageReader.read(body)));
      Answers.json(response, outcome.httpStatus(), outcome);
    }
  }

  /// A message that cannot be read does not hinder the others.
  private List<RegistrationView> register(JsonNode array) {
    if (array.size() > Messages.MAX_BULK) {
      throw RefusedRequest.malformed(
          array.size() + " messages in one call; give at most " + Messages.MAX_BULK);
    }
    List<@Nullable RegistrationView> outcomes = new ArrayList<>(array.size());
    List<OutgoingMessage> readable = new ArrayList<>(array.size());
    for (JsonNode one : array) {
      try {
        readable.add(MessageReader.read(one));
        outcomes.add(null);
      } catch (RefusedRequest e) {
        outcomes.add(RegistrationView.malformed(one.path("id").textValue(), e.getMessage()));
      }
    }
    var registered = tracked().register(readable).iterator();
    return outcomes.stream()
        .map(outcome -> outcome == null ? RegistrationView.of(registered.next()) : outcome)
        .toList();
  }

  private void list(ServerRequest request, ServerResponse response) {
    RequestQuery query = RequestQuery.of(request, FILTERS);
    var filter =
        new MessageFilter(
            query.text("recipient").orElse(null),
            query.text("userId").orElse(null),
            query.text("messageType").orElse(null),
            query.text("channel").map(MessageReader::channel).orElse(null),
            query.text("status").map(MessageRoutes::status).orElse(null),
            query.time("createdFrom").orElse(null),
            query.time("createdTo").orElse(null));
    MessagePage page = tracked().list(filter, page(query));
    Cursor next = page.next();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("messages", page.messages().stream().map(MessageView::of).toList());
    if (next != null) {
      answer.put("next", next.text());
    }
    Answers.json(response, 200, answer);
  }

  private void byId(ServerRequest request, ServerResponse response) {
    answer(response, tracked().find(parameter(request, "id")));
  }

  private void byExternalId(ServerRequest request, ServerResponse response) {
    ExternalId externalId;
    try {
      externalId = new ExternalId(parameter(request, "source"), parameter(request, "id"));
    } catch (IllegalArgumentException e) {
      throw RefusedRequest.malformed(String.valueOf(e.getMessage()));
    }
    answer(response, tracked().find(externalId));
  }

  private static void answer(ServerResponse response, Optional<Message> message) {
    if (message.isPresent()) {
      Answers.json(response, 200, MessageView.of(message.get()));
    } else {
      Answers.error(response, 404, "no such message is registered");
    }
  }

  private static MessageStatus status(String label) {
    return MessageStatus.of(label)
        .orElseThrow(() -> RefusedRequest.malformed("status is none that a message can have"));
  }

  private static MessagePage.Request page(RequestQuery query) {
    try {
      return new MessagePage.Request(
          query.number("limit").orElse(USUAL_PAGE),
          query.text("after").map(Cursor::parse).orElse(null));
    } catch (IllegalArgumentException e) {
      throw RefusedRequest.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static String parameter(ServerRequest request, String name) {
    String value = request.path().pathParameters().get(name);
    RequestQuery.requireNoNul(name, value);
    return value;
  }

  private Messages tracked() {
    if (messages == null) {
      throw new RefusedRequest(
          409,
          "message tracking is off; set tracking.mapping (MESSAGE_ID_MAPPING_STRATEGY) to"
              + " database, embedded or timestamp, and restart");
    }
    return messages;
  }
}
