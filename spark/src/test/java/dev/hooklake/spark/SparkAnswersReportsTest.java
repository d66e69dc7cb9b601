package dev.hooklake.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The statements for Spark, run over the known events, give the numbers worked out by hand, which
/// the reports give in DuckDB too.
class SparkAnswersReportsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path KNOWN =
      ROOT.resolve("server/src/test/resources/dev/hooklake/server/analytics/known");

  @TempDir static Path directory;
  private static SparkSession spark;

  /// The session is somewhere else than UTC, which must not move a day.
  @BeforeAll
  static void createTheViews() throws Exception {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            // Compiling code for thirty rows would take minutes.
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.sql.session.timeZone", "America/Sao_Paulo")
            .config("spark.sql.warehouse.dir", directory.resolve("warehouse").toString())
            .getOrCreate();
    for (Path columns : files("events", ".ddl")) {
      createTable(columns);
    }
    String views = Files.readString(ROOT.resolve("deploy/spark/views.sql"));
    for (String statement : views.replace("REPLACE VIEW", "REPLACE TEMP VIEW").split(";\n")) {
      if (!statement.isBlank()) {
        spark.sql(statement);
      }
    }
  }

  /// The rows are held in the plan itself, so that Spark does not read empty files again and again.
  private static void createTable(Path columns) throws Exception {
    String table = columns.getFileName().toString().replace(".ddl", "");
    StructType schema = StructType.fromDDL(Files.readString(columns));
    String rows = columns.resolveSibling(table + ".jsonl").toString();
    spark
        .createDataFrame(spark.read().schema(schema).json(rows).collectAsList(), schema)
        .createOrReplaceTempView(table);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @TestFactory
  Stream<DynamicTest> everyReportAnswersWhatWasWorkedOutByHand() throws Exception {
    List<Path> expected = files("expected", ".csv");
    assertThat(expected).hasSizeGreaterThan(15);
    return expected.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  private static void compare(Path file) throws Exception {
    List<String> lines =
        Files.readAllLines(file).stream().filter(line -> !line.startsWith("# ")).toList();
    String report = file.getFileName().toString().replace(".csv", "");
    Dataset<Row> answers = spark.sql("SELECT " + lines.get(0) + " FROM " + report);
    List<String> actual = new ArrayList<>(List.of(String.join(",", answers.columns())));
    answers.collectAsList().forEach(row -> actual.add(line(row)));
    assertThat(actual).containsExactlyElementsOf(lines);
  }

  private static String line(Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(text(row.get(i)));
    }
    return String.join(",", cells);
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Timestamp) {
      return ((Timestamp) value).toInstant().toString();
    }
    if (value instanceof Number) {
      BigDecimal number = new BigDecimal(value.toString());
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    return value.toString();
  }

  private static List<Path> files(String folder, String ending) throws Exception {
    try (Stream<Path> files = Files.list(KNOWN.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
