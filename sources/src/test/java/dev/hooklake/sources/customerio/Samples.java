package dev.hooklake.sources.customerio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.Understood;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/// Example request bodies, one a line in the order of the file, and what tests build around them.
final class Samples {
  static final Instant RECEIVED = Instant.parse("2026-01-05T12:00:00Z");
  static final Instant PROCESSED = Instant.parse("2026-01-05T12:00:05Z");
  static final String KEY = "cio_test_key_5d1f8a20";

  /// An email's open without data, still open at its end.
  static final String OPENED =
      "{\"event_id\":\"e\",\"object_type\":\"email\",\"metric\":\"opened\",\"timestamp\":1767603757";

  private static final List<String> LINES = lines("/customerio/samples.jsonl");

  private Samples() {}

  static List<String> all() {
    return LINES;
  }

  /// The body in a line of the file, counted from 1.
  static String line(int number) {
    return LINES.get(number - 1);
  }

  static List<String> lines(String resource) {
    try (InputStream in = Samples.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  static CustomerIo source() {
    return new CustomerIo(CustomerIoSettings.of("customerio", List.of(Secret.of(KEY))));
  }

  /// A source that also accepts the older guide's shapes.
  static CustomerIo lenientSource() {
    return new CustomerIo(
        new CustomerIoSettings("customerio", List.of(Secret.of(KEY)), null, true, true));
  }

  static Delivery delivery(Headers headers, Payload body) {
    return new Delivery("/webhook/customerio", "", headers, body, RECEIVED);
  }

  static Delivery delivery(String body) {
    return delivery(Headers.of("Content-Type", "application/json"), Payload.of(body));
  }

  static SourceEvent event(CustomerIo source, String body) {
    return source.split(delivery(body)).get(0);
  }

  /// What a source of ours says of a body, sent without any headers.
  static Decoding decode(Payload body) {
    CustomerIo source = source();
    return source.decode(source.split(delivery(Headers.NONE, body)).get(0), PROCESSED);
  }

  /// The row of a body that must be understood.
  static Row row(String body) {
    Decoding decoding = decode(Payload.of(body));
    assertThat(decoding).isInstanceOf(Understood.class);
    return ((Understood) decoding).row();
  }
}
