package dev.hooklake.sources.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The written reference lists the columns that the tables have, in their order.
class TablesDocTest {
  private static final Path REFERENCE = Path.of("..", "docs", "reference", "tables.md");
  private static final String COMMON = "Every channel table";

  private static final Map<String, List<String>> ROWS_BY_HEADING = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(REFERENCE)) {
      if (line.startsWith("#")) {
        rows = new ArrayList<>();
        ROWS_BY_HEADING.put(line.replaceAll("[#`]", "").strip(), rows);
      } else if (line.startsWith("| `")) {
        rows.add(line);
      }
    }
  }

  @Test
  void tablesThatHoldNoTypedEventsAreWrittenDown() {
    assertThat(written("webhook_landing")).isEqualTo(rows(Tables.LANDING.columns()));
    assertThat(written("quarantine")).isEqualTo(rows(Tables.QUARANTINE.columns()));
    assertThat(written("provider_names")).isEqualTo(rows(Tables.NAMES.columns()));
  }

  @Test
  void theColumnsOfEveryChannelTableAreWrittenDown() {
    assertThat(written(COMMON)).isEqualTo(rows(shared()));
  }

  @ParameterizedTest
  @EnumSource(Channel.class)
  void theOwnColumnsOfAChannelTableAreWrittenDown(Channel channel) {
    List<Column> own = new ArrayList<>(channel.table().columns());
    own.removeAll(shared());

    assertThat(written(channel.table().name())).isEqualTo(rows(own));
  }

  @Test
  void everyReasonOfQuarantineIsWrittenDown() {
    assertThat(written("Reasons"))
        .extracting(row -> row.substring(3, row.indexOf('`', 3)))
        .containsExactly(
            Arrays.stream(Decoding.Reason.values()).map(Enum::name).toArray(String[]::new));
  }

  private static List<Column> shared() {
    List<Column> shared = new ArrayList<>(Channel.SLACK.table().columns());
    for (Channel channel : Channel.values()) {
      shared.retainAll(channel.table().columns());
    }
    return shared;
  }

  private static List<String> written(String heading) {
    return ROWS_BY_HEADING.getOrDefault(heading, List.of());
  }

  private static List<String> rows(List<Column> columns) {
    return columns.stream()
        .map(column ->
            "| `%s` | %s | %s | %s |"
                .formatted(
                    column.name(),
                    column.type(),
                    column.required() ? "never" : "may be",
                    column.comment()))
        .toList();
  }
}
