package dev.hooklake.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;

/// How the admin port answers: JSON, and errors as `{"error": "..."}`.
final class Answers {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Answers() {}

  static void error(ServerResponse response, int status, String message) {
    json(response, status, Map.of("error", message));
  }

  static void json(ServerResponse response, int status, Object page) {
    try {
      response
          .status(Status.create(status))
          .header(HeaderNames.CONTENT_TYPE, "application/json")
          .send(JSON.writeValueAsBytes(page));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("our own records are always JSON", e);
    }
  }
}
