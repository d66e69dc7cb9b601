package dev.hooklake.server.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Lets a typed select through if it reads our tables and nothing else.
///
/// What DuckDB's own parser understood is looked at, not the text. Every table it names must be one
/// of the lake's or one of its own WITH parts, and every function in a FROM must be one that only
/// makes rows. DuckDB itself may open no other file (see `LakeSql`); this keeps its catalog, its
/// settings and its ways to run other SQL out of reach as well.
final class OnlyOurTables {
  private static final int LONGEST = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PART_NAME =
      Pattern.compile("(?!duckdb_|pragma_|sqlite_|pg_)[a-z_][a-z0-9_]*");
  private static final Set<String> ROW_FUNCTIONS =
      Set.of("unnest", "range", "generate_series", "repeat_row");
  private static final Set<String> FORBIDDEN_FUNCTIONS =
      Set.of(
          "getenv",
          "current_setting",
          "current_setting_or_null",
          "getvariable",
          "nextval",
          "currval",
          "write_log",
          "sleep_ms");

  private final Set<String> tables;
  private double length = 1;

  private OnlyOurTables(Set<String> tables) {
    this.tables = tables;
  }

  /// Makers of values as long as a number says, and the place of the first such number. DuckDB
  /// counts neither the time nor the memory that one call takes, so the numbers must be written
  /// out.
  private static final Map<String, Integer> LENGTHENING =
      Map.of(
          "repeat", 1,
          "lpad", 1,
          "rpad", 1,
          "list_resize", 1,
          "array_resize", 1,
          "bitstring", 1,
          "bar", 3,
          "range", 0,
          "generate_series", 0);

  /// All of a statement multiplied, since one may stand within another.
  private static final long MOST_LENGTH = 10_000_000;

  private static final Set<String> FORMATTING = Set.of("printf", "format");
  private static final Pattern WIDE =
      Pattern.compile("(?s).*([0-9]{4}|%[^a-zA-Z%]*\\*|\\{[^}]*\\{).*");

  static void check(String sql, LakeSql lake) {
    if (sql.length() > LONGEST) {
      throw new SqlFailure("a statement may have " + LONGEST + " characters");
    }
    JsonNode tree = tree(lake.parsed(sql));
    var tables = new HashSet<>(lake.names());
    addWithParts(tree, tables);
    new OnlyOurTables(tables).check(tree);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new SqlFailure("the statement is nested too deeply");
    }
  }

  /// A part is known in its own statement only; a name that the catalog has too would let its
  /// neighbours read the catalog, so none may have one.
  private static void addWithParts(JsonNode node, Set<String> names) {
    for (JsonNode part : node.path("cte_map").path("map")) {
      String name = lower(part.path("key").asText());
      if (!PART_NAME.matcher(name).matches()) {
        throw new SqlFailure("a WITH part may not be called " + name);
      }
      names.add(name);
    }
    node.forEach(child -> addWithParts(child, names));
  }

  private void check(JsonNode node) {
    switch (node.path("type").asText()) {
      case "BASE_TABLE" -> checkTable(node);
      case "FUNCTION" -> checkFunction(node);
      default -> {}
    }
    if (node.path("type").asText().equals("TABLE_FUNCTION")) {
      checkRowFunction(node.path("function"));
      node.properties().forEach(part -> checkPart(part.getKey(), part.getValue()));
    } else {
      node.forEach(this::check);
    }
  }

  /// A function in a FROM makes its rows one portion after the other, so their number may be any.
  private void checkPart(String name, JsonNode part) {
    if (name.equals("function")) {
      part.forEach(this::check);
    } else {
      check(part);
    }
  }

  private void checkTable(JsonNode node) {
    String schema = node.path("schema_name").asText();
    String catalog = node.path("catalog_name").asText();
    String table = node.path("table_name").asText();
    boolean plain = schema.isEmpty() && catalog.isEmpty();
    if (!plain || !tables.contains(lower(table))) {
      throw new SqlFailure("there is no table " + table + " here; see the list of tables");
    }
  }

  private static void checkRowFunction(JsonNode function) {
    String name = lower(function.path("function_name").asText());
    if (!ROW_FUNCTIONS.contains(name)) {
      throw new SqlFailure("the function " + name + " may not be read from; read a table");
    }
  }

  private void checkFunction(JsonNode node) {
    String name = lower(node.path("function_name").asText());
    if (FORBIDDEN_FUNCTIONS.contains(name) || name.startsWith("read_")) {
      throw new SqlFailure("the function " + name + " may not be used here");
    }
    Integer place = LENGTHENING.get(name);
    for (int i = place == null ? Integer.MAX_VALUE : place; i < node.path("children").size(); i++) {
      lengthen(node.path("children").path(i).at("/value/value"));
    }
    String format = node.path("children").path(0).at("/value/value").asText("");
    if (FORMATTING.contains(name) && (format.isEmpty() || WIDE.matcher(format).matches())) {
      throw new SqlFailure("write the format of " + name + " as a text with widths up to 999");
    }
  }

  private void lengthen(JsonNode number) {
    if (number.isTextual()) {
      return;
    }
    if (!number.isIntegralNumber()) {
      throw new SqlFailure("how long a value becomes must be written as a number");
    }
    length *= Math.max(1, Math.abs(number.doubleValue()));
    if (length > MOST_LENGTH) {
      throw new SqlFailure("values made here may be " + MOST_LENGTH + " long, all multiplied");
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
