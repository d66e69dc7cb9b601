package dev.hooklake.server.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Every setting there is. `hooklake init`, the reader and the reference page all follow this list.
final class Keys {
  private static final int MOST = 1_000_000;

  static final Key<Path> DATA =
      new Key<>(
          "data",
          "HOOKLAKE_DATA",
          "./hooklake-data",
          ValueType.DIRECTORY,
          "Journal, admin token and, unless lake.root says otherwise, the lake.");
  static final Key<Boolean> DEVELOPMENT =
      new Key<>(
          "development",
          "HOOKLAKE_DEV",
          "false",
          ValueType.SWITCH,
          "Starts sources that have no secret and accepts what comes unverified. Never in production.");

  static final Key<String> HOST =
      new Key<>(
          "server.host", "HOOKLAKE_HOST", "0.0.0.0", ValueType.TEXT, "Address of the public port.");
  static final Key<Integer> PORT =
      new Key<>(
          "server.port",
          "HOOKLAKE_PORT",
          "8080",
          ValueType.number(0, 65_535),
          "Public port, for the providers; 0 takes a free one.");
  static final Key<Long> MAX_BODY =
      new Key<>(
          "server.max-body",
          null,
          "5MiB",
          ValueType.SIZE,
          "Largest body, as sent and after decompression; more is answered 413.");
  static final Key<Long> MAX_HEADERS =
      new Key<>("server.max-headers", null, "16KiB", ValueType.SIZE, "Largest head of a request.");
  static final Key<Integer> MAX_IN_FLIGHT =
      new Key<>(
          "server.max-in-flight",
          null,
          "1024",
          ValueType.number(1, MOST),
          "Deliveries being verified and stored at once; more are answered 503.");
  static final Key<Long> MAX_IN_FLIGHT_BYTES =
      new Key<>(
          "server.max-in-flight-bytes",
          null,
          "64MiB",
          ValueType.SIZE,
          "Memory of all bodies under way; more is answered 503.");
  static final Key<Integer> MAX_CONNECTIONS =
      new Key<>(
          "server.max-connections",
          null,
          "8192",
          ValueType.number(1, MOST),
          "Open connections; more wait to be accepted.");
  static final Key<Duration> REQUEST_DEADLINE =
      new Key<>(
          "server.request-deadline",
          null,
          "10s",
          ValueType.TIME,
          "From a request's first line to its last byte; slower clients are cut off.");
  static final Key<Duration> IDLE_TIMEOUT =
      new Key<>(
          "server.idle-timeout",
          null,
          "120s",
          ValueType.TIME,
          "A connection without a request is closed after this.");
  static final Key<Duration> RETRY_AFTER =
      new Key<>(
          "server.retry-after",
          null,
          "5s",
          ValueType.TIME,
          "What Retry-After says beside a 503, in whole seconds.");
  static final Key<Duration> SHUTDOWN_GRACE =
      new Key<>(
          "server.shutdown-grace",
          null,
          "10s",
          ValueType.TIME,
          "For requests under way when the server stops.");

  static final Key<String> ADMIN_HOST =
      new Key<>(
          "admin.host",
          "HOOKLAKE_ADMIN_HOST",
          "127.0.0.1",
          ValueType.TEXT,
          "Address of the admin port; beyond loopback /metrics asks for the token too.");
  static final Key<Integer> ADMIN_PORT =
      new Key<>(
          "admin.port",
          "HOOKLAKE_ADMIN_PORT",
          "8081",
          ValueType.number(0, 65_535),
          "Admin port, for operators; 0 takes a free one.");

  static final Key<Long> JOURNAL_LIMIT =
      new Key<>(
          "journal.limit",
          null,
          "10GiB",
          ValueType.SIZE,
          "Disk the journal may take while the lake cannot be reached; past it 503.");
  static final Key<Duration> DUPLICATE_WINDOW =
      new Key<>(
          "journal.duplicate-window",
          null,
          "8d",
          ValueType.TIME,
          "How long a repeat is recognised; Customer.io retries for 7 days.");

  /// Without a default of its own: the directory `lake` in the data directory.
  static final Key<URI> LAKE_ROOT =
      new Key<>(
          "lake.root",
          "DELTA_BASE_PATH",
          "./hooklake-data/lake",
          ValueType.LOCATION,
          "Where the Delta tables are; by default the directory lake in data.");

  static final Key<Integer> COMMIT_ROWS =
      new Key<>(
          "lake.commit-rows",
          null,
          "50000",
          ValueType.number(2, 10_000_000),
          "Rows of all tables together after which a batch is committed.");
  static final Key<Long> COMMIT_BYTES =
      new Key<>(
          "lake.commit-bytes",
          null,
          "32MiB",
          ValueType.SIZE,
          "Journal bytes after which a batch is committed; bounds its memory.");
  static final Key<Integer> COMMIT_BUSY_ROWS =
      new Key<>(
          "lake.commit-busy-rows",
          null,
          "2000",
          ValueType.number(1, 10_000_000),
          "A batch with so many rows is busy and waits for commit-wait only.");
  static final Key<Duration> COMMIT_WAIT =
      new Key<>("lake.commit-wait", null, "5s", ValueType.TIME, "Longest wait of a busy batch.");
  static final Key<Duration> COMMIT_QUIET_WAIT =
      new Key<>(
          "lake.commit-quiet-wait",
          null,
          "30s",
          ValueType.TIME,
          "Longest wait of a batch at a trickle.");
  static final Key<Duration> RETRY_FIRST =
      new Key<>(
          "lake.retry-first", null, "1s", ValueType.TIME, "Wait after a first failed commit.");
  static final Key<Duration> RETRY_MAX =
      new Key<>("lake.retry-max", null, "30s", ValueType.TIME, "Longest wait between attempts.");
  static final Key<Duration> CLOSING_TIME =
      new Key<>(
          "lake.closing-time",
          null,
          "15s",
          ValueType.TIME,
          "For commits when the server stops; the rest stays in the journal.");

  static final Key<String> LOG_LEVEL =
      new Key<>(
          "log.level",
          "LOG_LEVEL",
          "info",
          ValueType.oneOf(List.of("error", "warn", "warning", "info", "debug", "trace")),
          "How much is logged.");
  static final Key<String> LOG_FORMAT =
      new Key<>(
          "log.format",
          "LOG_FORMAT",
          "text",
          ValueType.oneOf(List.of("text", "json")),
          "How it is logged: lines for people, or one JSON object a line.");

  static final List<Key<?>> ALL =
      List.of(
          DATA,
          DEVELOPMENT,
          HOST,
          PORT,
          MAX_BODY,
          MAX_HEADERS,
          MAX_IN_FLIGHT,
          MAX_IN_FLIGHT_BYTES,
          MAX_CONNECTIONS,
          REQUEST_DEADLINE,
          IDLE_TIMEOUT,
          RETRY_AFTER,
          SHUTDOWN_GRACE,
          ADMIN_HOST,
          ADMIN_PORT,
          JOURNAL_LIMIT,
          DUPLICATE_WINDOW,
          LAKE_ROOT,
          COMMIT_ROWS,
          COMMIT_BYTES,
          COMMIT_BUSY_ROWS,
          COMMIT_WAIT,
          COMMIT_QUIET_WAIT,
          RETRY_FIRST,
          RETRY_MAX,
          CLOSING_TIME,
          LOG_LEVEL,
          LOG_FORMAT);

  /// Any property below this goes to the file system of the lake, for example end points and
  /// credentials of an object store.
  static final String HADOOP = "lake.hadoop.";

  private Keys() {}
}
