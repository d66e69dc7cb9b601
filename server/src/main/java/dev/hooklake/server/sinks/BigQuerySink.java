package dev.hooklake.server.sinks;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.InsertAllResponse;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import dev.hooklake.journal.EventKey;
import dev.hooklake.server.operations.TargetAway;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events into a table of BigQuery by streaming inserts, each under an id of its own, by
/// which BigQuery drops what it got a moment before.
///
/// A row that BigQuery refuses for what is in it does not hinder the others. All else that fails is
/// for the consumer to try again.
final class BigQuerySink implements Sink {
  private static final Logger LOG = LoggerFactory.getLogger(BigQuerySink.class);

  /// What Google advises for one request.
  private static final int MOST_ROWS = 500;

  private static final String STOPPED = "stopped";

  private final String name;
  private final BigQueryTarget target;
  private final TableId table;
  private @Nullable BigQuery client;

  BigQuerySink(String name, BigQueryTarget target) {
    this.name = name;
    this.target = target;
    this.table = TableId.of(target.project(), target.dataset(), target.table());
  }

  @Override
  public List<Rejected> write(List<SinkRow> rows) {
    try {
      BigQuery open = open();
      List<Rejected> rejected = new ArrayList<>();
      for (int from = 0; from < rows.size(); from += MOST_ROWS) {
        rejected.addAll(insert(open, rows.subList(from, Math.min(rows.size(), from + MOST_ROWS))));
      }
      return rejected;
    } catch (BigQueryException e) {
      client = null;
      throw new TargetAway(meaning(e));
    }
  }

  private BigQuery open() {
    BigQuery open = client;
    if (open == null) {
      open = connect();
      prepareTable(open);
      client = open;
    }
    return open;
  }

  private BigQuery connect() {
    // What fails is tried again by the consumer, which says so meanwhile.
    BigQueryOptions.Builder options =
        BigQueryOptions.newBuilder()
            .setProjectId(target.project())
            .setRetrySettings(ServiceOptions.getNoRetrySettings());
    if (target.endpoint() != null) {
      options.setHost(target.endpoint().toString());
    }
    if (target.credentials() != null) {
      options.setCredentials(credentials());
    } else if (target.endpoint() != null) {
      options.setCredentials(NoCredentials.getInstance());
    }
    return options.build().getService();
  }

  private GoogleCredentials credentials() {
    try (InputStream in = Files.newInputStream(Objects.requireNonNull(target.credentials()))) {
      return GoogleCredentials.fromStream(in);
    } catch (IOException e) {
      throw new TargetAway("sink " + name + ": its credentials file cannot be read");
    }
  }

  private void prepareTable(BigQuery open) {
    Table present = open.getTable(table);
    if (present == null) {
      open.create(TableInfo.of(table, definition()));
      LOG.info("Sink {}: its table is made", name);
      return;
    }
    Schema schema = present.getDefinition().getSchema();
    List<Field> fields = new ArrayList<>(schema == null ? List.of() : schema.getFields());
    Set<String> names = new HashSet<>();
    fields.forEach(field -> names.add(field.getName()));
    List<Field> missing =
        SinkColumn.ALL.stream()
            .filter(column -> !names.contains(column.label()))
            .map(column -> field(column, Field.Mode.NULLABLE))
            .toList();
    if (!missing.isEmpty()) {
      LOG.info("Sink {}: its table gets {} columns", name, missing.size());
      fields.addAll(missing);
      open.update(TableInfo.of(table, StandardTableDefinition.of(Schema.of(fields))));
    }
  }

  private static StandardTableDefinition definition() {
    return StandardTableDefinition.newBuilder()
        .setSchema(
            Schema.of(
                SinkColumn.ALL.stream()
                    .map(column ->
                        field(
                            column,
                            column.kind() == SinkColumn.Kind.KEY
                                ? Field.Mode.REQUIRED
                                : Field.Mode.NULLABLE))
                    .toList()))
        .setTimePartitioning(
            TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                .setField(SinkColumn.TIMESTAMP.label())
                .build())
        .build();
  }

  private static Field field(SinkColumn column, Field.Mode mode) {
    StandardSQLTypeName type =
        switch (column.kind()) {
          case KEY, TEXT -> StandardSQLTypeName.STRING;
          case NUMBER -> StandardSQLTypeName.INT64;
          case TIME -> StandardSQLTypeName.TIMESTAMP;
          case JSON -> StandardSQLTypeName.JSON;
        };
    return Field.newBuilder(column.label(), type).setMode(mode).build();
  }

  private List<Rejected> insert(BigQuery open, List<SinkRow> rows) {
    InsertAllRequest.Builder request =
        InsertAllRequest.newBuilder(table).setSkipInvalidRows(true).setIgnoreUnknownValues(false);
    rows.forEach(row -> request.addRow(insertId(row), contents(row)));
    InsertAllResponse response = open.insertAll(request.build());
    List<Rejected> rejected = new ArrayList<>();
    response
        .getInsertErrors()
        .forEach((index, errors) -> {
          String reason = reason(errors);
          if (reason.equals(STOPPED)) {
            throw new TargetAway("sink " + name + ": BigQuery stopped in the middle of a request");
          }
          rejected.add(new Rejected(rows.get(Math.toIntExact(index)), "BigQuery says " + reason));
        });
    return rejected;
  }

  private static Map<String, Object> contents(SinkRow row) {
    Map<String, Object> contents = new HashMap<>();
    for (SinkColumn column : SinkColumn.ALL) {
      Object value = row.value(column);
      if (value != null) {
        contents.put(column.label(), value instanceof Instant time ? time.toString() : value);
      }
    }
    return contents;
  }

  /// Bounded: BigQuery takes 128 characters.
  private static String insertId(SinkRow row) {
    EventKey key = EventKey.of(row.source(), row.eventId());
    return "%016x%016x".formatted(key.high(), key.low());
  }

  /// Kind and column; the message may quote the value.
  private static String reason(List<BigQueryError> errors) {
    if (errors.isEmpty()) {
      return "nothing";
    }
    BigQueryError first = errors.getFirst();
    String location = first.getLocation();
    return first.getReason() + (location == null || location.isEmpty() ? "" : " of " + location);
  }

  private String meaning(BigQueryException failure) {
    BigQueryError error = failure.getError();
    return "sink "
        + name
        + ": BigQuery does not take events: "
        + (failure.getCode() == 0 ? "no answer" : "answered " + failure.getCode())
        + (error == null || error.getReason() == null ? "" : ", " + error.getReason());
  }

  @Override
  public void close() {
    client = null;
  }
}
