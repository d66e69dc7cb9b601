package dev.hooklake.sources.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths, times, arrays and the filling of a row.
class FieldsTest {
  private static final Instant NOW = Instant.parse("2026-10-28T09:00:00Z");

  @Test
  void anArrayThatIsTheBodyIsTakenApartIntoItsBytes() {
    assertThat(cut(" [ {\"a\" : 1.50} ,2,\"x]\" , [ 3 ],null ]\r\n", ""))
        .containsExactly("{\"a\" : 1.50}", "2", "\"x]\"", "[ 3 ]", "null");
  }

  @Test
  void anInnerArrayKeepsWhatIsAroundIt() {
    assertThat(cut("{\"app\":7,\"events\":[{\"i\":1}, {\"i\":2}],\"z\":\"ü\"}", "/events"))
        .containsExactly(
            "{\"app\":7,\"events\":[{\"i\":1}],\"z\":\"ü\"}",
            "{\"app\":7,\"events\":[{\"i\":2}],\"z\":\"ü\"}");
    assertThat(cut("{\"e\":[{\"c\":[1,2]}]}", "/e/0/c"))
        .containsExactly("{\"e\":[{\"c\":[1]}]}", "{\"e\":[{\"c\":[2]}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,2",
        "[1,2] x",
        "{\"events\":{}}",
        "{\"events\":[]}",
        "\"text\"",
        "[]"
      })
  void aBodyWithoutAnythingToCutStaysAsItIs(String body) {
    assertThat(cut(body, "/events")).containsExactly(body);
    if (!body.startsWith("[1,2] ")) {
      assertThat(cut(body, "")).containsExactly(body);
    }
  }

  @Test
  void moreElementsThanAllowedStayTogetherAndThatCanBeSeen() {
    String many = "{\"e\":[1" + ",1".repeat(Pieces.MAX_PIECES) + "]}";
    assertThat(cut(many, "/e")).containsExactly(many);
    assertThat(Pieces.remain(object(many), List.of(FieldPath.of("/e")))).isTrue();
    assertThat(Pieces.remain(object("{\"e\":[1]}"), List.of(FieldPath.of("/e")))).isFalse();
  }

  @Test
  void cuttingMultipliesTheSurroundingsOnlyUpToALimit() {
    String around = "x".repeat(1 << 20);
    String body = "{\"around\":\"" + around + "\",\"e\":[1" + ",1".repeat(200) + "]}";
    assertThat(cut(body, "/e")).hasSize(1);
    assertThat(cut(body.replace(",1".repeat(200), ",1"), "/e")).hasSize(2);
  }

  @Test
  void anyBytesAreCutWithoutAnException() {
    var random = new Random(20_260_302);
    byte[] sample = Payload.of("{\"a\":{\"e\":[{\"i\":1},[2],\"\\u00e9\"]}}").unsafeBytes();
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = sample.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(Pieces.cut(Payload.wrap(bytes), FieldPath.of("/a/e"))).isNotEmpty();
      assertThat(Pieces.cut(Payload.wrap(bytes), FieldPath.of(""))).isNotEmpty();
    }
  }

  @Test
  void pathsFollowEscapesIndexesAndWildcards() {
    ObjectNode node = object("{\"a/b\":[{\"~\":1},{\"c\":2}],\"msys\":{\"any\":{\"type\":\"x\"}}}");
    assertThat(FieldPath.of("/a~1b/0/~0").in(node).asInt()).isEqualTo(1);
    assertThat(FieldPath.of("/a~1b/1/c").in(node).asInt()).isEqualTo(2);
    assertThat(FieldPath.of("/msys/*/type").in(node).asText()).isEqualTo("x");
    assertThat(FieldPath.of("/a~1b/*/~0").in(node).asInt()).isEqualTo(1);
    assertThat(FieldPath.of("").in(node)).isSameAs(node);
    assertThat(FieldPath.of("/a~1b/x").in(node).isMissingNode()).isTrue();
    assertThat(FieldPath.of("/a~1b/0/~0").toString()).isEqualTo("/a~1b/0/~0");
    assertThatThrownBy(() -> FieldPath.of("data/id")).hasMessageContaining("start with /");
  }

  @ParameterizedTest
  @CsvSource({
    "EPOCH_SECONDS, 1614265330, 2021-02-25T15:02:10Z",
    "EPOCH_SECONDS, 1521472262.908181, 2018-03-19T15:11:02.908181Z",
    "EPOCH_MILLIS, 1614265330250, 2021-02-25T15:02:10.250Z",
    "ISO_8601, 2026-10-28T09:00:02.871Z, 2026-10-28T09:00:02.871Z",
    "ISO_8601, 2026-10-28T09:00:00.412907+00:00, 2026-10-28T09:00:00.412907Z",
    "ISO_8601, 2023-04-03 22:13:42.674981+00, 2023-04-03T22:13:42.674981Z",
    "ISO_8601, 2026-10-28T14:07:41.123456789Z, 2026-10-28T14:07:41.123456Z",
    "ISO_8601, 2026-10-28T14:07:41-0500, 2026-10-28T19:07:41Z",
    "ISO_8601, 2026-10-28 14:07, 2026-10-28T14:07:00Z",
    "RFC_2822, 'Wed, 28 Oct 2026 14:07:41 +0000', 2026-10-28T14:07:41Z"
  })
  void everyFormOfTimeIsRead(EventTime form, String text, Instant expected) {
    assertThat(form.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1e9",
        "99999999999999999999",
        "9999999999999999",
        "2026-13-01T00:00:00Z",
        "1999-12-31T23:59:59Z",
        "2026-10-28",
        "now",
        "2026-10-28T25:00:00Z",
        "2026-10-28T09:00:00+99:00"
      })
  void whatIsNoUsableTimeIsNone(String text) {
    assertThat(EventTime.EPOCH_SECONDS.parse(text)).isEmpty();
    assertThat(EventTime.ISO_8601.parse(text)).isEmpty();
    assertThat(EventTime.RFC_2822.parse(text)).isEmpty();
  }

  @Test
  void aRowTakesWhatFitsAndExtraTheRest() {
    ObjectNode fields =
        object(
            "{\"id\":7,\"n\":\"12x\",\"price\":\"-0.0075\",\"deep\":{\"to\":\"+1\"},\"z\":1.50}");
    Row row =
        new EventRow(Channel.SMS.table(), fields)
            .set("object_type", "sms")
            .set("metric", "sent")
            .take("delivery_id", "/id")
            .take("segments", "/n")
            .take("price", "/price")
            .take("recipient", "/missing", "/deep/to")
            .take("tags", "/z")
            .build(event(), NOW, NOW);
    assertThat(row.value("delivery_id")).isEqualTo("7");
    assertThat(row.value("segments")).isNull();
    assertThat(row.value("price")).isEqualTo(-0.0075);
    assertThat(row.value("recipient")).isEqualTo("+1");
    assertThat(row.value("extra")).isEqualTo("{\"n\":\"12x\",\"z\":1.50}");
    assertThat(fields.has("id")).as("the caller's tree is left alone").isTrue();
  }

  @Test
  void machineFlagsDecideWhetherAPersonActed() {
    Row row =
        new EventRow(Channel.EMAIL.table(), object("{\"m\":true}"))
            .set("object_type", "email")
            .set("metric", "opened")
            .take("prefetched", "/m")
            .build(event(), NOW, NOW);
    assertThat(row.value("is_machine")).isEqualTo(true);
  }

  private static List<String> cut(String body, String path) {
    return Pieces.cut(Payload.of(body), FieldPath.of(path)).stream().map(Payload::utf8).toList();
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Json.parse(Payload.of(json)).orElseThrow();
  }

  private static SourceEvent event() {
    return new SourceEvent("s", "k", NOW, "/p", Headers.NONE, "", Payload.of(""));
  }
}
