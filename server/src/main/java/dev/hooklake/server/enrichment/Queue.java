package dev.hooklake.server.enrichment;

import dev.hooklake.server.pipeline.BackOff;
import java.time.Duration;

/// How jobs are tried again and how long their events are kept, by the names of the older guide's
/// queue.
///
/// @param attempts at one step; what is throttled or left alone counts as none
/// @param backOff between them
/// @param giveUpAfter how long an event may wait for a service that does not take calls
/// @param removeOnComplete how many completed events are kept
/// @param removeOnFail how many failed events are kept
/// @param concurrency events that this server works on at once
public record Queue(
    int attempts,
    BackOff backOff,
    Duration giveUpAfter,
    int removeOnComplete,
    int removeOnFail,
    int concurrency) {
  public static final Queue DEFAULT =
      new Queue(
          3,
          new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
          Duration.ofDays(1),
          1_000,
          5_000,
          4);

  public Queue {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is " + attempts + "; give at least 1");
    }
    if (removeOnComplete < 0 || removeOnFail < 0) {
      throw new IllegalArgumentException("events to keep are negative; give 0 or more");
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is " + concurrency + "; give at least 1");
    }
  }
}
