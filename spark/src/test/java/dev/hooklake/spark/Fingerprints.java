package dev.hooklake.spark;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/// One MD5 a row over all its values as text, in an order of its own, so that two engines, or two
/// versions of a table, can be compared line by line.
final class Fingerprints {
  private Fingerprints() {}

  static List<String> bySpark(SparkSession spark, Path table) {
    return bySpark(spark, schema(spark, table), "delta.`" + table + "`");
  }

  /// @param relation a table, or a version of it
  static List<String> bySpark(SparkSession spark, StructType schema, String relation) {
    return spark.sql(sql(schema, relation, "unix_micros(%s)", "STRING")).collectAsList().stream()
        .map((Row row) -> row.getString(0))
        .toList();
  }

  static String sqlForHooklake(StructType schema, String table) {
    return sql(schema, table, "epoch_us(%s)", "VARCHAR");
  }

  static StructType schema(SparkSession spark, Path table) {
    return spark.read().format("delta").load(table.toString()).schema();
  }

  static String sql(StructType schema, String relation, String micros, String textType) {
    String values =
        Stream.of(schema.fields())
            .map(field ->
                "coalesce(CAST(%s AS %s), '<null>')".formatted(value(field, micros), textType))
            .collect(joining(", "));
    return "SELECT md5(concat_ws('|', %s)) AS line FROM %s ORDER BY line"
        .formatted(values, relation);
  }

  private static String value(StructField field, String micros) {
    return field.dataType().equals(DataTypes.TimestampType)
        ? micros.formatted(field.name())
        : field.name();
  }
}
