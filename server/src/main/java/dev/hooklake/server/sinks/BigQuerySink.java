package dev.hooklake.server.sinks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events into a table of BigQuery by streaming inserts, each under an id of its own, by
/// which BigQuery drops what it got within about a minute; what it took of rows that come again
/// later is remembered here.
///
/// A row that BigQuery refuses for what is in it does not hinder the others. All else that fails is
/// for the consumer to try again.
final class BigQuerySink implements Sink {
  private static final Logger LOG = LoggerFactory.getLogger(BigQuerySink.class);

  /// What Google advises for one request.
  private static final int MOST_ROWS = 500;

  /// BigQuery takes 10 MB, of a row as of a request; the rest is for what stands around the rows.
  private static final int MOST_BYTES = 9_500_000;

  private static final int BYTES_AROUND_A_ROW = 100;
  private static final int TOO_LARGE = 413;

  /// The only reason that is about the row; with the exception of a column that the streaming
  /// servers do not know yet, minutes after it was added.
  private static final String INVALID = "invalid";

  private static final String NOT_KNOWN_YET = "no such field";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final BigQueryTarget target;
  private final TableId table;

  /// Insert ids of the rows that are under way, or were the last to be.
  private final Set<String> taken = new HashSet<>();

  private @Nullable BigQuery client;

  BigQuerySink(String name, BigQueryTarget target) {
    this.name = name;
    this.target = target;
    this.table = TableId.of(target.project(), target.dataset(), target.table());
  }

  @Override
  public List<Rejected> write(List<SinkRow> rows) {
    taken.retainAll(rows.stream().map(BigQuerySink::insertId).collect(Collectors.toSet()));
    try {
      BigQuery open = open();
      List<Rejected> rejected = new ArrayList<>();
      for (List<Sized> request : requests(rows, rejected)) {
        rejected.addAll(insert(open, request));
      }
      return rejected;
    } catch (BigQueryException e) {
      client = null;
      throw new TargetAway(meaning(e));
    } catch (TargetAway e) {
      // The table is looked at again: it may have lost a column.
      client = null;
      throw e;
    }
  }

  /// A row as it is sent.
  private record Sized(SinkRow row, String id, Map<String, Object> contents, int bytes) {
    static Sized of(SinkRow row) {
      Map<String, Object> contents = BigQuerySink.contents(row);
      try {
        return new Sized(
            row,
            insertId(row),
            contents,
            JSON.writeValueAsBytes(contents).length + BYTES_AROUND_A_ROW);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("texts and numbers are always JSON", e);
      }
    }
  }

  /// What is not taken yet, cut by number and by size; a row that no request can hold is rejected.
  private List<List<Sized>> requests(List<SinkRow> rows, List<Rejected> rejected) {
    List<List<Sized>> requests = new ArrayList<>();
    List<Sized> request = new ArrayList<>();
    long bytes = 0;
    for (SinkRow row : rows) {
      Sized sized = Sized.of(row);
      if (sized.bytes() > MOST_BYTES) {
        rejected.add(tooLarge(row));
      } else if (!taken.contains(sized.id())) {
        if (request.size() == MOST_ROWS || bytes + sized.bytes() > MOST_BYTES) {
          requests.add(request);
          request = new ArrayList<>();
          bytes = 0;
        }
        request.add(sized);
        bytes += sized.bytes();
      }
    }
    if (!request.isEmpty()) {
      requests.add(request);
    }
    return requests;
  }

  private static Rejected tooLarge(SinkRow row) {
    return new Rejected(row, "it is larger than the 10 MB that BigQuery takes");
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

  /// Halves what BigQuery finds too large after all.
  private List<Rejected> insert(BigQuery open, List<Sized> rows) {
    try {
      return settle(rows, open.insertAll(request(rows)));
    } catch (BigQueryException e) {
      if (e.getCode() != TOO_LARGE) {
        throw e;
      }
    }
    if (rows.size() == 1) {
      return List.of(tooLarge(rows.getFirst().row()));
    }
    int half = rows.size() / 2;
    List<Rejected> rejected = new ArrayList<>(insert(open, rows.subList(0, half)));
    rejected.addAll(insert(open, rows.subList(half, rows.size())));
    return rejected;
  }

  private InsertAllRequest request(List<Sized> rows) {
    InsertAllRequest.Builder request =
        InsertAllRequest.newBuilder(table).setSkipInvalidRows(true).setIgnoreUnknownValues(false);
    rows.forEach(row -> request.addRow(row.id(), row.contents()));
    return request.build();
  }

  /// Remembers what was taken before it says that some of it has to come again.
  private List<Rejected> settle(List<Sized> rows, InsertAllResponse response) {
    Map<Long, List<BigQueryError>> errors = response.getInsertErrors();
    for (int i = 0; i < rows.size(); i++) {
      if (!errors.containsKey((long) i)) {
        taken.add(rows.get(i).id());
      }
    }
    List<Rejected> rejected = new ArrayList<>();
    errors.forEach((index, ofRow) -> {
      String reason = reason(ofRow);
      if (!blamesContents(ofRow)) {
        throw new TargetAway("sink " + name + ": BigQuery does not take some events: " + reason);
      }
      rejected.add(new Rejected(rows.get(Math.toIntExact(index)).row(), "BigQuery says " + reason));
    });
    return rejected;
  }

  private static boolean blamesContents(List<BigQueryError> errors) {
    return !errors.isEmpty()
        && errors.stream()
            .allMatch(error ->
                INVALID.equals(error.getReason())
                    && !String.valueOf(error.getMessage()).startsWith(NOT_KNOWN_YET));
  }

  private static Map<String, Object> contents(SinkRow row) {
    Map<String, Object> contents = new HashMap<>();
    for (SinkColumn column : SinkColumn.ALL) {
      Object value = row.value(column);
      if (value != null) {
        contents.put(column.label(), value instanceof Instant time ? text(time) : value);
      }
    }
    return contents;
  }

  /// BigQuery takes six digits of a second.
  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS).toString();
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
