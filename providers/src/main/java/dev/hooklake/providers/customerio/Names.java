package dev.hooklake.providers.customerio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Call;
import dev.hooklake.providers.Items;
import dev.hooklake.providers.Page;
import dev.hooklake.providers.PageWalk;
import dev.hooklake.providers.ProviderHttp;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Names of what messages belong to.
final class Names {
  private static final int PAGE = 100;

  private final ProviderHttp http;

  Names(ProviderHttp http) {
    this.http = http;
  }

  Answer<List<Named>> campaigns() throws InterruptedException {
    return whole("/v1/campaigns", "campaigns", named("campaign", 0));
  }

  Answer<List<Named>> broadcasts() throws InterruptedException {
    return whole("/v1/broadcasts", "broadcasts", named("broadcast", 0));
  }

  Answer<List<Named>> transactional() throws InterruptedException {
    return whole("/v1/transactional", "messages", named("transactional", 0));
  }

  PageWalk<Named> newsletters() {
    return new PageWalk<>(
        "newsletters",
        cursor -> page("/v1/newsletters", cursor, "newsletters", named("newsletter", 0)));
  }

  PageWalk<Named> actions(String parents, long parentId) {
    return new PageWalk<>(
        "actions",
        cursor ->
            page(
                "/v1/" + parents + "/" + parentId + "/actions",
                cursor,
                "actions",
                named("action", parentId)));
  }

  PageWalk<Named> contents(long newsletterId) {
    return new PageWalk<>(
        "contents",
        cursor ->
            page(
                "/v1/newsletters/" + newsletterId + "/contents",
                cursor,
                "contents",
                named("content", newsletterId)));
  }

  private Answer<List<Named>> whole(
      String path, String field, Function<JsonNode, Optional<Named>> each)
      throws InterruptedException {
    return http.send(Call.get(path)).then(json -> Items.of(json, field, field, each));
  }

  private Answer<Page<Named>> page(
      String path, @Nullable String cursor, String field, Function<JsonNode, Optional<Named>> each)
      throws InterruptedException {
    return http.send(Call.get(path).with("limit", PAGE).with("start", cursor))
        .then(json ->
            Items.of(json, field, field, each)
                .map(names -> new Page<>(names, Json.text(json, "next"))));
  }

  private static Function<JsonNode, Optional<Named>> named(String kind, long parentId) {
    return json -> {
      Long id = Json.number(json, "id");
      if (id == null) {
        return Optional.empty();
      }
      String state = Json.text(json, "state");
      String type = Json.text(json, "type");
      return Optional.of(
          new Named(
              kind,
              id,
              parentId,
              json.path("name").asText(""),
              state != null ? state : type != null ? type : ""));
    };
  }
}
