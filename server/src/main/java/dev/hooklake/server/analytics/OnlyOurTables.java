package dev.hooklake.server.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Locale;
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

  private OnlyOurTables(Set<String> tables) {
    this.tables = tables;
  }

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
      case "TABLE_FUNCTION" -> checkRowFunction(node.path("function"));
      case "FUNCTION" -> checkFunction(node);
      default -> {}
    }
    node.forEach(this::check);
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

  private static void checkFunction(JsonNode node) {
    String name = lower(node.path("function_name").asText());
    if (FORBIDDEN_FUNCTIONS.contains(name) || name.startsWith("read_")) {
      throw new SqlFailure("the function " + name + " may not be used here");
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
