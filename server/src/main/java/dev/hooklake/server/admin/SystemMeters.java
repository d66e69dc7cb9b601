package dev.hooklake.server.admin;

import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.util.function.ToDoubleFunction;

/// Measures what lies below the stages: the journal, the JVM and the process.
public final class SystemMeters implements AutoCloseable {
  private final MeterRegistry registry;
  private final JvmGcMetrics gc = new JvmGcMetrics();

  public SystemMeters(MeterRegistry registry, Journal journal, String version) {
    this.registry = registry;
    Gauge.builder("hooklake.build.info", () -> 1)
        .description("Always 1; the version is the label")
        .tag("version", version)
        .register(registry);
    gauge(journal, "writable", "1 while it takes appends", status -> status.writable() ? 1 : 0);
    gauge(
        journal,
        "tidy",
        "0 while files that could go stay, because tidying up fails",
        status -> status.lastError().isEmpty() ? 1 : 0);
    gauge(journal, "first.sequence", "Oldest record held", JournalStatus::firstSequence);
    gauge(journal, "last.sequence", "Newest synced record", JournalStatus::lastSequence);
    gauge(journal, "bytes", "Bytes in segments on disk", JournalStatus::bytes);
    gauge(journal, "limit.bytes", "Past this, deliveries get 503", JournalStatus::limitBytes);
    gauge(journal, "segments", "Segment files", JournalStatus::segments);
    gauge(journal, "known.keys", "Keys in the duplicate window", JournalStatus::knownKeys);
    gc.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  private void gauge(
      Journal journal, String name, String description, ToDoubleFunction<JournalStatus> value) {
    Gauge.builder("hooklake.journal." + name, () -> value.applyAsDouble(journal.status()))
        .description(description)
        .register(registry);
  }

  @Override
  public void close() {
    gc.close();
  }
}
