package dev.hooklake.server.app.settings;

import dev.hooklake.server.intake.AddressBlock;
import dev.hooklake.server.intake.IntakeSettings;
import java.time.Duration;
import java.util.List;

/// The public port and its limits.
public final class IntakeSection implements Section<IntakeSettings> {
  private static final int MOST = 1_000_000;
  private static final int MOST_BODY_BYTES = 7 << 20;
  private static final int MOST_HEADER_BYTES = 1 << 20;

  public static final Key<String> HOST =
      new Key<>(
          "server.host", "HOOKLAKE_HOST", "0.0.0.0", ValueType.TEXT, "Address of the public port.");
  public static final Key<Integer> PORT =
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
          "For a request's first line, and again for all that follows; slower clients are cut off.");
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

  public static final Key<String> PUBLIC_URL =
      new Key<>(
          "server.public-url",
          "WEBHOOK_BASE_URL",
          "",
          ValueType.BASE_URL,
          "Base URL under which providers reach this port; Twilio and others sign it.");
  static final Key<String> TRUSTED_PROXIES =
      new Key<>(
          "server.trusted-proxies",
          "HOOKLAKE_TRUSTED_PROXIES",
          "",
          ValueType.TEXT,
          "Addresses or blocks such as 10.0.0.0/8 of our own proxies; only their X-Forwarded- headers are believed.");

  @Override
  public String title() {
    return "The public port";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(
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
        PUBLIC_URL,
        TRUSTED_PROXIES);
  }

  @Override
  public IntakeSettings read(GivenSettings given) {
    return new IntakeSettings(
        given.value(HOST),
        given.value(PORT),
        bytes(given, MAX_BODY, MOST_BODY_BYTES),
        bytes(given, MAX_HEADERS, MOST_HEADER_BYTES),
        given.value(MAX_IN_FLIGHT),
        given.value(MAX_IN_FLIGHT_BYTES),
        given.value(MAX_CONNECTIONS),
        given.value(REQUEST_DEADLINE),
        given.value(IDLE_TIMEOUT),
        given.value(RETRY_AFTER),
        given.value(SHUTDOWN_GRACE),
        given.each(TRUSTED_PROXIES, AddressBlock::parse));
  }

  private static int bytes(GivenSettings given, Key<Long> key, int most) {
    long bytes = given.value(key);
    if (bytes < 1 || bytes > most) {
      given.refuse(given.where(key), bytes + " bytes are not possible", "give 1 to " + most);
      return most;
    }
    return (int) bytes;
  }
}
