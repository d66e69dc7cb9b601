package dev.hooklake.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Understood;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a sample must give: `{"case", "key", "table", "row"}`. Columns not listed must be null;
/// those that every row has from elsewhere are left out.
public record Expected(JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FROM_ELSEWHERE =
      Set.of(
          "source", "event_id", "received_at", "processed_at", "event_date", "timestamp", "origin");

  public static List<Expected> in(String resource) {
    return lines(resource).stream().map(Expected::parse).toList();
  }

  /// The events of a delivery, none of them seen before.
  public static List<KeptEvent> stored(Source source, Delivery delivery) {
    return source.split(delivery).stream().map(event -> new KeptEvent(event, false)).toList();
  }

  /// The lines of a resource, blanks inside them kept.
  public static List<String> lines(String resource) {
    InputStream in = Expected.class.getResourceAsStream(resource);
    assertThat(in).as(resource).isNotNull();
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  public String text(String name) {
    return json.path(name).asText();
  }

  public void check(SourceEvent event, Decoding decoding) {
    assertThat(event.eventKey()).isEqualTo(text("key"));
    if (text("table").equals("quarantine")) {
      assertThat(((NotUnderstood) decoding).reason().name()).isEqualTo(text("reason"));
      return;
    }
    Row row = ((Understood) decoding).row();
    assertThat(row.table().name()).isEqualTo(text("table"));
    assertThat(row.value("event_id")).isEqualTo(event.eventKey());
    assertThat(row.value("source")).isEqualTo(event.source());
    assertThat(filled(row)).isEqualTo(expectedRow());
  }

  public static Map<String, String> filled(Row row) {
    var filled = new LinkedHashMap<String, String>();
    for (Column column : row.table().columns()) {
      Object value = row.value(column.name());
      if (value != null && !FROM_ELSEWHERE.contains(column.name())) {
        filled.put(column.name(), value.toString());
      }
    }
    return filled;
  }

  private Map<String, String> expectedRow() {
    var values = new LinkedHashMap<String, String>();
    json.path("row")
        .properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          values.put(entry.getKey(), value.isContainerNode() ? value.toString() : value.asText());
        });
    return values;
  }

  private static Expected parse(String line) {
    try {
      return new Expected(JSON.readTree(line));
    } catch (IOException e) {
      throw new UncheckedIOException("reading an expectation", e);
    }
  }
}
