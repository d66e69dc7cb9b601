package dev.hooklake.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A commit for each event, then maintenance: Spark and `hooklake query` find every row as it was,
/// in few files, and who reads an older version finishes.
class SparkReadsMaintainedLakeTest {
  private static final int EVENTS = Boolean.getBoolean("hooklake.long") ? 5_000 : 60;
  private static final List<String> TABLES =
      List.of("webhook_landing", "processed_events/email_events");

  @TempDir Path directory;

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void manySmallCommitsAndFewFilesHoldTheSameRows() throws Exception {
    Hooklake hooklake = new Hooklake(Path.of("..").toRealPath(), directory.resolve("data"));
    Path config = commitForEachEvent();
    smallCommits(hooklake, config);
    Path landing = directory.resolve("data/lake/webhook_landing");
    assertThat(commits(landing)).isGreaterThanOrEqualTo(EVENTS);

    try (SparkSession spark = LocalSpark.start(directory.resolve("warehouse"))) {
      List<List<String>> before = new ArrayList<>();
      for (String table : TABLES) {
        before.add(Fingerprints.bySpark(spark, path(table)));
      }
      long version = commits(landing) - 1;
      int files = spark.read().format("delta").load(landing.toString()).inputFiles().length;
      assertThat(files).isEqualTo(EVENTS);
      // Planned on the files of the older version; read when these are no longer the table's.
      Dataset<Row> reading = spark.read().format("delta").load(landing.toString());
      assertThat(reading.queryExecution().executedPlan()).isNotNull();

      String steps = hooklake.run("lake", "maintain", "--config", config.toString());

      assertThat(steps).doesNotContain("FAILED").contains("webhook_landing: ");
      assertThat(reading.collectAsList()).hasSize(EVENTS);
      spark.sql("CLEAR CACHE");
      for (int i = 0; i < TABLES.size(); i++) {
        Path table = path(TABLES.get(i));
        StructType schema = Fingerprints.schema(spark, table);
        assertThat(Fingerprints.bySpark(spark, table)).isEqualTo(before.get(i));
        assertThat(
                hooklake.query(Fingerprints.sqlForHooklake(schema, table.getFileName().toString())))
            .isEqualTo(before.get(i));
      }
      assertThat(spark.read().format("delta").load(landing.toString()).inputFiles().length)
          .as("files: groups of at most 500, then fewer than the 50 that an open day may have")
          .isLessThanOrEqualTo(10);
      assertThat(
              Fingerprints.bySpark(
                  spark,
                  Fingerprints.schema(spark, landing),
                  "delta.`%s` VERSION AS OF %d".formatted(landing, version)))
          .isEqualTo(before.get(0));
    }
  }

  private Path commitForEachEvent() throws IOException {
    return Files.writeString(
        directory.resolve("hooklake.yaml"),
        """
        data: %s
        server: {host: 127.0.0.1, port: 0}
        admin: {port: 0}
        lake:
          commit-rows: 2
          maintenance: {enabled: false}
        sources:
          customerio: {type: customerio, path: /webhook/customerio, secrets: a key for invented events}
        """
            .formatted(directory.resolve("data")));
  }

  private static void smallCommits(Hooklake hooklake, Path config) throws Exception {
    Path log = Files.createFile(config.resolveSibling("server.log"));
    Process server = hooklake.serve(config, log);
    try {
      hooklake.run(
          "simulate",
          "--config",
          config.toString(),
          "--events",
          String.valueOf(EVENTS),
          "--rate",
          "50");
      String landed = "0";
      while (!landed.equals(String.valueOf(EVENTS))) {
        assertThat(server.isAlive()).as(Files.readString(log)).isTrue();
        landed = hooklake.query("SELECT count(*) FROM webhook_landing").get(0);
      }
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private Path path(String table) {
    return directory.resolve("data/lake").resolve(table);
  }

  private static long commits(Path table) throws IOException {
    try (Stream<Path> log = Files.list(table.resolve("_delta_log"))) {
      return log.filter(entry -> entry.toString().endsWith(".json")).count();
    }
  }
}
