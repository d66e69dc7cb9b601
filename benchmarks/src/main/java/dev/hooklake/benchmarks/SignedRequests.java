package dev.hooklake.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Endless Customer.io deliveries as whole HTTP requests, each with its own event id and a genuine
/// signature. The signature is made here and not by the library under test, so that a mistake
/// shows.
final class SignedRequests implements Supplier<ByteBuffer> {
  private static final String BODY =
      """
      {"event_id":"%s","object_type":"email","metric":"%s","timestamp":%d,"data":{\
      "customer_id":"u-%d","delivery_id":"%s","identifiers":{"id":"u-%d",\
      "email":"person%d@example.com","cio_id":"8fb60a%06x"},"campaign_id":31,"action_id":412,\
      "journey_id":"01KE6H08B25DYNT4EH4ZSDQQAV","parent_action_id":410,\
      "recipient":"person%d@example.com","subject":"Welcome to Fernwood","proxied":false,\
      "prefetched":false}}\
      """;

  private final String run;
  private final int port;
  private final long timestamp;
  private final LongFunction<Told> story;
  private final Mac mac;
  private long made;

  /// What an event tells of a delivery.
  record Told(String metric, long delivery) {}

  SignedRequests(String run, int port, String secret, long timestamp) {
    this(run, port, secret, timestamp, number -> new Told("opened", number));
  }

  SignedRequests(String run, int port, String secret, long timestamp, LongFunction<Told> story) {
    this.story = story;
    this.run = run;
    this.port = port;
    this.timestamp = timestamp;
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public ByteBuffer get() {
    long number = ++made;
    Told told = story.apply(number);
    long person = told.delivery() % 5000;
    byte[] body =
        BODY.formatted(
                eventId(run, number),
                told.metric(),
                timestamp,
                person,
                deliveryId(run, told.delivery()),
                person,
                person,
                person,
                person)
            .getBytes(UTF_8);
    byte[] head =
        """
        POST /webhook/customerio HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Content-Type: application/json\r
        X-CIO-Timestamp: %d\r
        X-CIO-Signature: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(port, timestamp, signature(body), body.length)
            .getBytes(UTF_8);
    return ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
  }

  static String eventId(String run, long number) {
    return "bench-%s-%08d".formatted(run, number);
  }

  static String deliveryId(String run, long delivery) {
    return "dlv-%s-%010d".formatted(run, delivery);
  }

  private String signature(byte[] body) {
    mac.update(("v0:" + timestamp + ":").getBytes(UTF_8));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }
}
