package dev.hooklake.server.sinks;

import dev.hooklake.server.operations.ConsumerProgress;
import dev.hooklake.server.operations.ConsumerThread;
import java.util.List;
import java.util.Map;

/// The sinks of a server, for those who ask how they stand.
public final class Sinks {
  private final List<Running> running;
  private final SinkRejects rejects;

  /// One sink at work.
  public record Running(SinkSettings settings, ConsumerThread consumer, SinkMeters meters) {}

  public Sinks(List<Running> running, SinkRejects rejects) {
    this.running = List.copyOf(running);
    this.rejects = rejects;
  }

  /// How a sink stands.
  ///
  /// @param kind what it is, for example `jdbc:postgresql`
  /// @param written rows, since the server started
  /// @param rejected events kept aside because the sink refused what is in them
  public record Report(
      String name,
      String kind,
      String table,
      ConsumerProgress progress,
      long lagRecords,
      long written,
      long rejected) {}

  public boolean knows(String sink) {
    return running.stream().anyMatch(one -> one.settings().name().equals(sink));
  }

  public SinkRejects rejects() {
    return rejects;
  }

  /// In the order of the settings.
  public List<Report> reports() {
    Map<String, Long> rejected = rejects.counts();
    return running.stream()
        .map(one ->
            new Report(
                one.settings().name(),
                one.settings().target().product(),
                one.settings().target().table(),
                one.consumer().progress(),
                one.consumer().lagRecords(),
                one.meters().written(),
                rejected.getOrDefault(one.settings().name(), 0L)))
        .toList();
  }
}
