package dev.hooklake.server.intake;

import java.time.Duration;
import java.util.List;

/// The public port and its limits.
///
/// @param maxBodyBytes of one delivery, both as sent and after decompression
/// @param maxHeaderBytes of one request, names and values together
/// @param maxInFlight deliveries being verified and stored at the same moment
/// @param maxInFlightBytes of bodies held in memory at the same moment
/// @param maxConnections open connections; further ones wait in the accept queue
/// @param requestDeadline for the first line of a request, and again from there to the last byte of
///   its body
/// @param idleTimeout of a connection without a request; longer than the 90 s for which common HTTP
///   clients keep theirs, so that the client closes first and no request meets a closed door
/// @param retryAfter told to a client that finds us full or overloaded
/// @param shutdownGrace for requests under way when the server stops
/// @param trustedProxies whose `X-Forwarded-` headers are believed
public record IntakeSettings(
    String host,
    int port,
    int maxBodyBytes,
    int maxHeaderBytes,
    int maxInFlight,
    long maxInFlightBytes,
    int maxConnections,
    Duration requestDeadline,
    Duration idleTimeout,
    Duration retryAfter,
    Duration shutdownGrace,
    List<AddressBlock> trustedProxies) {

  public IntakeSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /// The same with no more connections than `most`.
  public IntakeSettings withConnectionsUpTo(int most) {
    return new IntakeSettings(
        host,
        port,
        maxBodyBytes,
        maxHeaderBytes,
        maxInFlight,
        maxInFlightBytes,
        Math.min(maxConnections, most),
        requestDeadline,
        idleTimeout,
        retryAfter,
        shutdownGrace,
        trustedProxies);
  }

  public static IntakeSettings defaults(String host, int port) {
    return new IntakeSettings(
        host,
        port,
        5 << 20,
        16 << 10,
        1024,
        64L << 20,
        8192,
        Duration.ofSeconds(10),
        Duration.ofSeconds(120),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        List.of());
  }
}
