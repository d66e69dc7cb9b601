package dev.hooklake.server.alerts;

import java.time.Duration;

/// From where on rules fire. Parts are of one.
///
/// @param verificationFailures part of a source's deliveries refused for their signature
/// @param errors part of a source's deliveries that this server could not take
/// @param delay from receipt to the lake
/// @param completeness what must be here of what the provider shows of a day
/// @param quarantined events of one source and reason within an hour
/// @param bounces of what was sent
/// @param complaints of what was delivered; at three times as much it is critical
/// @param unsubscribes of what was delivered
/// @param deliveryDrop how far the delivery rate may fall below the week before
/// @param journalUsed of the journal's limit
/// @param diskUsed of the data directory's disk
public record AlertLimits(
    double verificationFailures,
    double errors,
    Duration delay,
    double completeness,
    int quarantined,
    double bounces,
    double complaints,
    double unsubscribes,
    double deliveryDrop,
    double journalUsed,
    double diskUsed) {

  public static final AlertLimits DEFAULT =
      new AlertLimits(
          0.05, 0.01, Duration.ofMinutes(5), 0.999, 10, 0.02, 0.001, 0.01, 0.05, 0.5, 0.9);
}
