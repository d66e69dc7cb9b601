package dev.hooklake.server.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.sources.event.Tables;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Any text at all is a statement over our tables, or is refused in words. `JAZZER_FUZZ=1 mvn ...
/// -Djazzer.hooks=true -Dtest=SqlGuardFuzzTest#NAME` searches for more than the kept inputs.
class SqlGuardFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LakeSql LAKE =
      LakeSql.of(
          Tables.readable().stream().map(table -> LakeView.of(table, Optional.empty())).toList(),
          new SqlLimits(1, 128));

  @FuzzTest
  void whatIsLetThroughNamesOurTablesOnly(byte[] text) throws JsonProcessingException {
    String sql = new String(text, UTF_8);
    try {
      OnlyOurTables.check(sql, LAKE);
    } catch (SqlFailure e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    JsonNode tree = JSON.readTree(LAKE.parsed(sql));
    Set<String> known = new HashSet<>(LAKE.names());
    tree.findValues("cte_map").stream()
        .flatMap(parts -> parts.findValuesAsText("key").stream())
        .forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
    // Wherever it stands in the tree, and whatever that part is called.
    assertThat(named(tree, "table_name", "BASE_TABLE")).isSubsetOf(known);
    assertThat(named(tree, "schema_name", "BASE_TABLE")).isSubsetOf("");
    assertThat(named(tree, "catalog_name", "BASE_TABLE")).isSubsetOf("");
    assertThat(named(tree, "function_name", "FUNCTION"))
        .noneMatch(name -> name.matches("read_.*|getenv|current_setting|getvariable|nextval"));
    assertThat(rowFunctions(tree)).isSubsetOf("unnest", "range", "generate_series", "repeat_row");
  }

  private static Set<String> rowFunctions(JsonNode tree) {
    return tree.findParents("function").stream()
        .map(part -> part.path("function").path("function_name").asText())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static Set<String> named(JsonNode tree, String field, String type) {
    return tree.findParents(field).stream()
        .filter(part -> part.path("type").asText().equals(type))
        .map(part -> part.path(field).asText().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  @FuzzTest
  void noValueIsLeftInAStatementThatIsWrittenDown(byte[] text) {
    String any = new String(text, UTF_8);
    assertThat(SqlText.withoutLiterals(any)).hasSizeLessThanOrEqualTo(5 * any.length() + 5);
    String literal = "'" + any.replace("'", "''") + "'";
    for (String sql : List.of("SELECT %s FROM t", "SELECT 1 = %s")) {
      assertThat(SqlText.withoutLiterals(sql.replace("%s", literal)))
          .isEqualTo(sql.replace("%s", "'•••'"));
    }
  }
}
