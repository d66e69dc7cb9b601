package dev.hooklake.spark;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Spark with Delta, and nothing of ours beside it, finds the same tables, columns, types and
/// values as `hooklake query`.
class SparkReadsEveryTableTest {
  private static final int EVENTS = 3000;
  private static final Map<DataType, String> DUCKDB_TYPES =
      Map.of(
          DataTypes.StringType, "VARCHAR",
          DataTypes.LongType, "BIGINT",
          DataTypes.IntegerType, "INTEGER",
          DataTypes.DoubleType, "DOUBLE",
          DataTypes.BooleanType, "BOOLEAN",
          DataTypes.DateType, "DATE",
          DataTypes.TimestampType, "TIMESTAMP WITH TIME ZONE");

  private static final String HOW_ENRICHMENTS_ENDED = "object_type = 'lead_enrichment'";

  @TempDir static Path directory;
  private static Hooklake hooklake;
  private static SparkSession spark;

  @BeforeAll
  static void fillTheLake() throws Exception {
    hooklake = new Hooklake(Path.of("..").toRealPath(), directory.resolve("data"));
    hooklake.demo(EVENTS);
    spark = LocalSpark.start(directory.resolve("warehouse"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @TestFactory
  List<DynamicTest> everyTableHasTheSameColumnsTypesAndValues() throws Exception {
    List<Path> tables = tables();
    assertThat(tables).as("tables on disk").hasSizeGreaterThan(9);
    Map<Path, StructType> schemas = new LinkedHashMap<>();
    tables.forEach(table -> schemas.put(table, Fingerprints.schema(spark, table)));
    Map<String, List<String>> columns =
        ours(
            schemas,
            (name, schema) ->
                "SELECT column_name || ' ' || column_type AS line FROM (DESCRIBE %s)"
                    .formatted(name));
    Map<String, List<String>> rows =
        ours(schemas, (name, schema) -> Fingerprints.sqlForHooklake(schema, name));
    return tables.stream()
        .map(table -> {
          String name = name(table);
          return DynamicTest.dynamicTest(
              name, () -> compare(table, columns.get(name), rows.get(name)));
        })
        .toList();
  }

  @TestFactory
  List<DynamicTest> everyAcceptedEventIsInLandingAndInOneOtherTable() throws Exception {
    long landed = rows("webhook_landing");
    long elsewhere = 0;
    for (Path table : tables()) {
      elsewhere += rows(directory.resolve("data/lake").relativize(table).toString());
    }
    long others = elsewhere - landed;
    long ours = table("processed_events/lead_events").where(HOW_ENRICHMENTS_ENDED).count();
    return List.of(
        DynamicTest.dynamicTest("landing", () -> assertThat(landed).isEqualTo(EVENTS + ours)),
        DynamicTest.dynamicTest("elsewhere", () -> assertThat(others).isEqualTo(landed)));
  }

  /// What `hooklake query` answers for each table, in one run of it.
  private static Map<String, List<String>> ours(
      Map<Path, StructType> schemas, BiFunction<String, StructType, String> select)
      throws Exception {
    List<String> selects = new ArrayList<>();
    schemas.forEach((table, schema) ->
        selects.add(
            "SELECT '%1$s ' || line FROM (%2$s)"
                .formatted(name(table), select.apply(name(table), schema))));
    return hooklake.query(String.join(" UNION ALL ", selects)).stream()
        .map(line -> line.split(" ", 2))
        .collect(groupingBy(line -> line[0], mapping(line -> line[1], toList())));
  }

  private static void compare(Path table, List<String> columns, List<String> rows) {
    StructType schema = Fingerprints.schema(spark, table);
    assertThat(Stream.of(schema.fields()).map(f -> f.name() + " " + DUCKDB_TYPES.get(f.dataType())))
        .containsExactlyElementsOf(columns);
    assertThat(Fingerprints.bySpark(spark, table)).isNotEmpty().isEqualTo(rows);
  }

  private static String name(Path table) {
    return table.getFileName().toString();
  }

  private static long rows(String relativePath) {
    return table(relativePath).count();
  }

  private static Dataset<Row> table(String relativePath) {
    Path table = directory.resolve("data/lake").resolve(relativePath);
    return spark.read().format("delta").load(table.toString());
  }

  private static List<Path> tables() throws Exception {
    try (Stream<Path> paths = Files.walk(directory.resolve("data/lake"), 3)) {
      return paths
          .filter(path -> path.endsWith("_delta_log"))
          .map(Path::getParent)
          .sorted()
          .toList();
    }
  }
}
