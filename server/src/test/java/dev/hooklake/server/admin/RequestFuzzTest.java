package dev.hooklake.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.common.uri.UriQuery;
import io.helidon.common.uri.UriValidator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Any bytes at all are a body or a query that can be read, or are refused in words of ours, which
/// repeat nothing of them. `JAZZER_FUZZ=1 mvn ... -Djazzer.hooks=true -Dtest=RequestFuzzTest#NAME`
/// searches for more than the kept inputs.
class RequestFuzzTest {
  private static final List<String> NAMES = List.of("a", "b");
  private static final String REFUSAL =
      "the body is (no JSON: (line \\d+, column \\d+|it is nested .*|a number in it .*)|no text in UTF-8|no object)"
          + "|an unknown (field is in the body|parameter is in the query); there are a, b"
          + "|[ab] (is (missing|no text|no list of texts|true or false|no whole number)"
          + "|is no time; write it like 2026-03-01T10:00:00Z, from 1970 on"
          + "|stands twice in the query|holds a NUL character)";

  @FuzzTest
  void anyBytesAreABodyOrRefused(byte[] bytes) throws IOException {
    JsonNode body = unlessRefused(() -> RequestJson.read(bytes));
    if (body == null
        || unlessRefused(() -> {
          RequestJson.requireObject(body, "", NAMES);
          return body;
        })
            == null) {
      return;
    }
    for (String name : NAMES) {
      ifRead(() -> RequestJson.text(body, "", name), RequestFuzzTest::requireStorable);
      unlessRefused(() -> RequestJson.flagOrNull(body, name));
      ifRead(
          () -> RequestJson.textsOrNull(body, name),
          texts -> assertThat(texts).doesNotContainNull());
    }
  }

  @FuzzTest
  void anyBytesAreAQueryOrRefused(byte[] bytes) throws IOException {
    String raw = new String(bytes, UTF_8);
    try {
      UriValidator.validateQuery(raw);
    } catch (IllegalArgumentException e) {
      return; // The HTTP server has answered 400.
    }
    RequestQuery query = unlessRefused(() -> RequestQuery.of(UriQuery.create(raw), NAMES));
    if (query == null) {
      return;
    }
    for (String name : NAMES) {
      ifRead(() -> query.text(name).orElse(null), RequestFuzzTest::requireStorable);
      unlessRefused(() -> query.number(name).orElse(null));
      unlessRefused(() -> query.flag(name));
      ifRead(
          () -> query.time(name).orElse(null),
          time ->
              assertThat(time)
                  .isBetween(
                      Instant.parse("1969-12-31T00:00:00Z"),
                      Instant.parse("9999-12-31T23:59:59Z")));
    }
  }

  /// As both databases can.
  private static void requireStorable(String text) {
    assertThat(text).doesNotContain("\0");
  }

  private interface Reading<T> {
    @Nullable T read() throws IOException;
  }

  private static <T> void ifRead(Reading<T> reading, Consumer<T> check) throws IOException {
    T read = unlessRefused(reading);
    if (read != null) {
      check.accept(read);
    }
  }

  private static <T> @Nullable T unlessRefused(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (RefusedRequest e) {
      assertThat(e.getMessage()).matches(REFUSAL);
      return null;
    }
  }
}
