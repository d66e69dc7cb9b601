package dev.hooklake.server.fake;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What one of our OpenAPI documents promises.
public final class OpenApi {
  private final JsonNode document;

  public OpenApi(String name) throws IOException {
    try (InputStream in = OpenApi.class.getResourceAsStream("/openapi/" + name + ".yaml")) {
      // A part that is written twice would be read once, and the other go unnoticed.
      document =
          YAMLMapper.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build()
              .readTree(Objects.requireNonNull(in));
    }
  }

  public Set<String> paths() {
    var paths = new TreeSet<String>();
    document.get("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }

  /// Every answer as `GET /path 200`.
  public Set<String> answers() {
    var answers = new TreeSet<String>();
    document
        .get("paths")
        .properties()
        .forEach(path ->
            resolved(path.getValue()).properties().stream()
                .filter(member -> !member.getKey().equals("parameters"))
                .forEach(method ->
                    method
                        .getValue()
                        .get("responses")
                        .fieldNames()
                        .forEachRemaining(status ->
                            answers.add(
                                method.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey()
                                    + " "
                                    + status))));
    return answers;
  }

  /// The answers of some paths.
  public Set<String> answersOf(Collection<String> paths) {
    return answers().stream()
        .filter(answer -> paths.contains(answer.split(" ", -1)[1]))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Paths of our routes as the documents write them.
  public static Set<String> paths(Collection<String> routes) {
    return routes.stream()
        .map(path -> path.replace("{+", "{"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : document.at(reference.asText().substring(1));
  }
}
