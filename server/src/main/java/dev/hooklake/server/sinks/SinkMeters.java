package dev.hooklake.server.sinks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What is counted of one sink. Its lag and state are those of its consumer.
public final class SinkMeters {
  private final Counter written;
  private final Counter rejected;

  public SinkMeters(String sink, MeterRegistry registry) {
    written = rows(sink, "written", registry);
    rejected = rows(sink, "rejected", registry);
  }

  void count(int writtenRows, int rejectedRows) {
    written.increment(writtenRows);
    rejected.increment(rejectedRows);
  }

  long written() {
    return (long) written.count();
  }

  private static Counter rows(String sink, String outcome, MeterRegistry registry) {
    return Counter.builder("hooklake.sink.rows")
        .description("Rows sent to a sink, by what came of them")
        .tag("sink", sink)
        .tag("outcome", outcome)
        .register(registry);
  }
}
