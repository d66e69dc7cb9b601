package dev.hooklake.testkit.bigquery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.testkit.http.Ask;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// BigQuery's tables and streaming inserts on the loopback: rows are held against the schema, one
/// by one; an insert id that is known is dropped silently.
///
/// Unlike the real one it forgets insert ids only when it is told to.
public final class BigQueryFake implements AutoCloseable {
  private static final int REQUESTS_PER_SECOND = 1_000;
  private static final int MOST_BYTES = 10_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ObjectNode> tables = new HashMap<>();
  private final List<JsonNode> rows = new ArrayList<>();
  private final Set<String> insertIds = new HashSet<>();
  private final Map<Integer, RowError> rowErrors = new HashMap<>();
  private final FakeServer server;
  private int mostBytes = MOST_BYTES;

  private record RowError(String reason, String location, String message) {}

  public BigQueryFake() {
    server =
        new FakeServer(
            REQUESTS_PER_SECOND,
            error(403, "rateLimitExceeded", "too many requests"),
            this::answer);
  }

  public URI url() {
    return server.url();
  }

  public void next(Fault fault) {
    server.next(fault);
  }

  /// As the API says it: quota, time-outs of the back end, and so on.
  public void nextError(int status, String reason) {
    server.next(new Fault.Answered(error(status, reason, "injected")));
  }

  /// In the next request that inserts, the row at that place is refused for a reason that is not in
  /// it.
  public synchronized void nextRowError(int index, String reason, String message) {
    rowErrors.put(index, new RowError(reason, "", message));
  }

  /// As a minute later: what comes again is a row once more.
  public synchronized void forgetInsertIds() {
    insertIds.clear();
  }

  /// Larger requests are refused from now on.
  public synchronized void takesAtMost(int bytes) {
    mostBytes = bytes;
  }

  /// Every row that was inserted, in order.
  public synchronized List<JsonNode> rows() {
    return List.copyOf(rows);
  }

  /// The names of a table's columns.
  public synchronized List<String> columns(String table) {
    return fields(Objects.requireNonNull(tables.get(table))).findValuesAsText("name");
  }

  /// Makes a table that has these columns only, of text.
  public synchronized void hasTable(String table, String... columns) {
    ObjectNode resource = JSON.createObjectNode().put("type", "TABLE");
    resource
        .putObject("tableReference")
        .put("projectId", "p")
        .put("datasetId", "d")
        .put("tableId", table);
    ArrayNode fields = resource.putObject("schema").putArray("fields");
    for (String column : columns) {
      fields.addObject().put("name", column).put("type", "STRING").put("mode", "NULLABLE");
    }
    tables.put(table, resource);
  }

  private synchronized Reply answer(Ask ask) {
    String[] path = ask.path().split("/", -1);
    boolean one = path.length >= 9;
    if (!ask.path()
        .matches("/bigquery/v2/projects/[^/]+/datasets/[^/]+/tables(/[^/]+(/insertAll)?)?")) {
      return error(404, "notFound", "not found");
    }
    return switch (ask.method()) {
      case "GET" -> one ? get(path[8]) : error(404, "notFound", "not found");
      case "POST" -> one ? insertAll(path[8], ask) : create(json(ask));
      case "PATCH" -> patch(path[8], json(ask));
      default -> error(404, "notFound", "not found");
    };
  }

  private Reply get(String table) {
    ObjectNode found = tables.get(table);
    return found == null ? error(404, "notFound", "no such table") : Reply.json(200, found);
  }

  private Reply create(ObjectNode table) {
    String id = table.at("/tableReference/tableId").asText();
    if (tables.containsKey(id)) {
      return error(409, "duplicate", "already exists");
    }
    tables.put(id, table.put("type", "TABLE"));
    return Reply.json(200, table);
  }

  /// Columns may only be added, and only such that may be empty.
  private Reply patch(String table, ObjectNode change) {
    ObjectNode present = tables.get(table);
    if (present == null) {
      return error(404, "notFound", "no such table");
    }
    List<String> before = fields(present).findValuesAsText("name");
    List<String> after = fields(change).findValuesAsText("name");
    if (!after.containsAll(before)) {
      return error(400, "invalid", "a column was left out");
    }
    for (JsonNode field : fields(change)) {
      if (!before.contains(field.path("name").asText())
          && field.path("mode").asText().equals("REQUIRED")) {
        return error(400, "invalid", "a required column was added");
      }
    }
    present.set("schema", change.path("schema"));
    return Reply.json(200, present);
  }

  private Reply insertAll(String table, Ask ask) {
    ObjectNode present = tables.get(table);
    if (present == null) {
      return error(404, "notFound", "no such table");
    }
    if (ask.body().getBytes(UTF_8).length > mostBytes) {
      return error(413, "requestTooLarge", "the request is too large");
    }
    ObjectNode request = json(ask);
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    List<JsonNode> valid = new ArrayList<>();
    for (JsonNode row : request.path("rows")) {
      int index = valid.size() + errors.size();
      error(present, index, row)
          .ifPresentOrElse(error -> refuse(errors, index, error), () -> valid.add(row));
    }
    rowErrors.clear();
    if (errors.isEmpty() || request.path("skipInvalidRows").asBoolean()) {
      valid.forEach(this::insert);
    }
    ObjectNode answer = JSON.createObjectNode().put("kind", "bigquery#tableDataInsertAllResponse");
    if (!errors.isEmpty()) {
      answer.set("insertErrors", errors);
    }
    return Reply.json(200, answer);
  }

  private void insert(JsonNode row) {
    if (insertIds.add(row.path("insertId").asText())) {
      rows.add(row.path("json"));
    }
  }

  private Optional<RowError> error(ObjectNode table, int index, JsonNode row) {
    RowError injected = rowErrors.get(index);
    return injected != null
        ? Optional.of(injected)
        : fault(fields(table), row.path("json"))
            .map(
                column -> new RowError("invalid", column, "the value is not of the column's type"));
  }

  private static void refuse(ArrayNode errors, int index, RowError error) {
    errors
        .addObject()
        .put("index", index)
        .putArray("errors")
        .addObject()
        .put("reason", error.reason())
        .put("location", error.location())
        .put("message", error.message());
  }

  /// The first column that does not take its value.
  private static Optional<String> fault(JsonNode fields, JsonNode row) {
    Map<String, String> types = new HashMap<>();
    fields.forEach(field -> types.put(field.path("name").asText(), field.path("type").asText()));
    for (Map.Entry<String, JsonNode> value : row.properties()) {
      if (!takes(types.get(value.getKey()), value.getValue().asText())) {
        return Optional.of(value.getKey());
      }
    }
    return Optional.empty();
  }

  private static boolean takes(@Nullable String type, String value) {
    return switch (type) {
      case null -> false;
      case "INT64", "INTEGER" -> value.matches("-?[0-9]{1,19}");
      case "TIMESTAMP" -> isTime(value);
      case "JSON" -> isJson(value);
      default -> true;
    };
  }

  /// To the microsecond.
  private static boolean isTime(String value) {
    try {
      Instant time = Instant.parse(value);
      return time.equals(time.truncatedTo(ChronoUnit.MICROS));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /// BigQuery's JSON has no NUL, and a nesting limit that nobody meets.
  private static boolean isJson(String value) {
    try {
      JSON.readTree(value);
      return !value.contains("\\u0000");
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static JsonNode fields(JsonNode table) {
    return table.at("/schema/fields");
  }

  private static ObjectNode json(Ask ask) {
    try {
      return (ObjectNode) JSON.readTree(ask.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the client sent no JSON", e);
    }
  }

  private static Reply error(int status, String reason, String message) {
    ObjectNode error = JSON.createObjectNode();
    ObjectNode inner = error.putObject("error").put("code", status).put("message", message);
    inner.putArray("errors").addObject().put("reason", reason).put("message", message);
    return Reply.json(status, error);
  }

  @Override
  public void close() {
    server.close();
  }
}
