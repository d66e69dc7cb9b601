package dev.hooklake.sources.customerio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.Understood;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.Row;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Samples changed at random, from fixed seeds: nothing throws, nothing depends on chance, nothing
/// is lost.
class MutatedEventsTest {
  private static final int ROUNDS = 4_000;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final String[] ODD_VALUES = {
    "null",
    "true",
    "31",
    "31.5",
    "-7",
    "1E+400",
    "123456789012345678901234567890",
    "\"x y\"",
    "\"77\"",
    "{\"a\":[1,\"q\",{}]}",
    "[]",
    "[[\"deep\"]]",
    "\"\\u003cb\\u003e\"",
    "{}"
  };

  @Test
  void noBytesMakeSplittingOrDecodingThrow() {
    var random = new Random(20_260_105);
    for (CustomerIo source : List.of(Samples.source(), Samples.lenientSource())) {
      for (int round = 0; round < ROUNDS; round++) {
        Payload body = Payload.wrap(changedBytes(random));
        for (SourceEvent event : source.split(Samples.delivery(Headers.NONE, body))) {
          assertThat(source.decode(event, Samples.PROCESSED))
              .isEqualTo(source.decode(event, Samples.PROCESSED));
          assertThat(LandingRows.event(LandingRows.landing(event, round))).isEqualTo(event);
        }
      }
    }
  }

  @Test
  void everyValueOfAnEventIsInItsRow() throws JsonProcessingException {
    var random = new Random(20_260_106);
    CustomerIo source = Samples.source();
    int understood = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String body = changedMembers(random);
      Decoding decoding = source.decode(Samples.event(source, body), Samples.PROCESSED);
      if (decoding instanceof Understood known) {
        understood++;
        Set<String> lost = leaves(body);
        lost.removeAll(valuesIn(known.row()));
        assertThat(lost).as("round %d: %s", round, body).isEmpty();
      }
    }
    assertThat(understood).isGreaterThan(ROUNDS / 2);
  }

  private static byte[] changedBytes(Random random) {
    byte[] bytes = sample(random).getBytes(UTF_8);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      bytes = changedOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] changedOnce(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    String structure = "{}[]\",:\\\u0000 0eE-.nt\u00ff";
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(4)) {
      case 0 -> {
        // Cut off here.
      }
      case 1 -> {
        out.write(structure.charAt(random.nextInt(structure.length())));
        out.write(bytes, at, bytes.length - at);
      }
      case 2 -> {
        int skipped = Math.min(bytes.length, at + 1 + random.nextInt(20));
        out.write(bytes, skipped, bytes.length - skipped);
      }
      default -> out.write(bytes, 0, bytes.length);
    }
    return out.size() == 0 ? new byte[] {'{'} : out.toByteArray();
  }

  private static String changedMembers(Random random) throws JsonProcessingException {
    ObjectNode event = (ObjectNode) JSON.readTree(sample(random));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      ObjectNode place =
          switch (random.nextInt(6)) {
            case 0 -> event;
            case 1 ->
                event.path("data").path("identifiers") instanceof ObjectNode node ? node : event;
            default -> event.path("data") instanceof ObjectNode node ? node : event;
          };
      change(place, random);
    }
    return event.toString();
  }

  private static void change(ObjectNode place, Random random) throws JsonProcessingException {
    List<String> names = new ArrayList<>();
    place.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "new" : names.get(random.nextInt(names.size()));
    // Raw values keep numbers as written, which a tree would not.
    String value = ODD_VALUES[random.nextInt(ODD_VALUES.length)];
    switch (random.nextInt(3)) {
      case 0 -> place.putRawValue(name, new RawValue(value));
      case 1 -> place.putRawValue("new_field", new RawValue(value));
      default -> place.set("was_" + name, place.remove(name));
    }
  }

  private static String sample(Random random) {
    return Samples.line(1 + random.nextInt(Samples.all().size()));
  }

  /// What the row says anywhere: in columns, and inside the columns that hold JSON.
  private static Set<String> valuesIn(Row row) throws JsonProcessingException {
    var values = new HashSet<String>();
    for (Column column : row.table().columns()) {
      Object value = row.value(column.name());
      if (value == null) {
        continue;
      }
      values.add(plain(value.toString()));
      if (Set.of("extra", "headers", "recipients").contains(column.name())) {
        values.addAll(leaves(value.toString()));
      }
    }
    return values;
  }

  private static Set<String> leaves(String json) throws JsonProcessingException {
    var leaves = new HashSet<String>();
    collect(JSON.readTree(json), leaves);
    return leaves;
  }

  private static void collect(JsonNode node, Set<String> leaves) {
    if (node.isContainerNode()) {
      node.forEach(child -> collect(child, leaves));
    } else if (!node.isNull() && !node.asText().isEmpty()) {
      leaves.add(plain(node.asText()));
    }
  }

  /// Numbers by value, whatever their form.
  private static String plain(String text) {
    try {
      return new BigDecimal(text).stripTrailingZeros().toString();
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
