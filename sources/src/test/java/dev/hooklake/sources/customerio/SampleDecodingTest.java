package dev.hooklake.sources.customerio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Understood;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each sample against the whole row it must give: every column not listed must be null.
class SampleDecodingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> EXPECTED = Samples.lines("/customerio/expected.jsonl");

  private final CustomerIo source = Samples.source();

  @Test
  void everySampleHasAnExpectation() {
    assertThat(EXPECTED).hasSameSizeAs(Samples.all()).hasSize(92);
  }

  @TestFactory
  Stream<DynamicTest> everySampleGivesItsRow() {
    return IntStream.rangeClosed(1, EXPECTED.size()).mapToObj(this::lineGivesItsRow);
  }

  private DynamicTest lineGivesItsRow(int line) {
    JsonNode expected = parse(EXPECTED.get(line - 1));
    return DynamicTest.dynamicTest(
        "line " + line + ": " + expected.path("case").asText(), () -> check(line, expected));
  }

  private void check(int line, JsonNode expected) {
    assertThat(expected.path("line").asInt()).isEqualTo(line);
    SourceEvent event = Samples.event(source, Samples.line(line));

    Decoding decoding = source.decode(event, Samples.PROCESSED);

    String table = expected.path("table").asText();
    if (table.equals("quarantine")) {
      assertThat(decoding).isInstanceOf(NotUnderstood.class);
      assertThat(((NotUnderstood) decoding).reason().name())
          .isEqualTo(expected.path("row").path("reason").asText());
      return;
    }
    assertThat(decoding).isInstanceOf(Understood.class);
    Row row = ((Understood) decoding).row();
    assertThat(row.table().name()).isEqualTo(table);
    assertThat(filled(row)).isEqualTo(textValues(expected.path("row")));
  }

  /// Without the columns that do not come from the body.
  private static Map<String, String> filled(Row row) {
    var filled = new LinkedHashMap<String, String>();
    for (Column column : row.table().columns()) {
      Object value = row.value(column.name());
      if (value != null) {
        filled.put(column.name(), value.toString());
      }
    }
    assertThat(filled.remove("source")).isEqualTo("customerio");
    assertThat(filled.remove("received_at")).isEqualTo(Samples.RECEIVED.toString());
    assertThat(filled.remove("origin")).isEqualTo("webhook");
    assertThat(filled.remove("processed_at")).isEqualTo(Samples.PROCESSED.toString());
    return filled;
  }

  private static Map<String, String> textValues(JsonNode row) {
    var values = new LinkedHashMap<String, String>();
    row.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
    return values;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("reading an expectation", e);
    }
  }
}
