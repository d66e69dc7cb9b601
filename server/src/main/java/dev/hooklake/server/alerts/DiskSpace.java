package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.Measurements.Space;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The disk of a directory: how large it is and how much of it is left.
final class DiskSpace {
  private final Path directory;

  DiskSpace(Path directory) {
    this.directory = directory;
  }

  void register(MeterRegistry registry) {
    gauge(
        registry,
        "hooklake.disk.free.bytes",
        "Left on the disk of the data directory",
        space -> (double) space.limitBytes() - space.usedBytes());
    gauge(
        registry,
        "hooklake.disk.total.bytes",
        "Size of the disk of the data directory",
        space -> (double) space.limitBytes());
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Space> value) {
    Gauge.builder(name, this, disk -> disk.space().map(value::applyAsDouble).orElse(Double.NaN))
        .description(description)
        .register(registry);
  }

  /// Empty when the disk cannot be asked; then the journal cannot write and tells.
  Optional<Space> space() {
    try {
      FileStore disk = Files.getFileStore(directory);
      long total = disk.getTotalSpace();
      return Optional.of(new Space("disk", total - disk.getUsableSpace(), total));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
