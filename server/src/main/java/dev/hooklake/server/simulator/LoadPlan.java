package dev.hooklake.server.simulator;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How much to send, where, how fast and through how many connections.
///
/// @param url the server that the webhooks go to
/// @param connections connections kept open; each sends one event at a time, in order, as the
///   provider's queue does
/// @param eventsPerSecond events begin at this rate whether or not answers come; 0 means each
///   connection sends the next as soon as it has an answer
/// @param events stop after this many different ones, null for no end; repeats come on top
/// @param duration stop after this long, null for no end
public record LoadPlan(
    URI url,
    int connections,
    double eventsPerSecond,
    @Nullable Long events,
    @Nullable Duration duration) {
  public LoadPlan {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException("the URL must begin with http:// or https://");
    }
    if (connections < 1 || connections > 10_000) {
      throw new IllegalArgumentException("give 1 to 10000 connections, not " + connections);
    }
    if (!(eventsPerSecond >= 0) || eventsPerSecond > 1_000_000) {
      throw new IllegalArgumentException("give a rate from 0 (no limit) to 1000000 events/s");
    }
    if (events != null && events < 1) {
      throw new IllegalArgumentException("give at least 1 event");
    }
    if (duration != null && !duration.isPositive()) {
      throw new IllegalArgumentException("give a duration longer than nothing");
    }
  }
}
