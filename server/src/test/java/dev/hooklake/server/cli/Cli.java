package dev.hooklake.server.cli;

import dev.hooklake.journal.JournalSettings;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.lake.MaintenanceSettings;
import dev.hooklake.server.maintenance.LakeMaintenanceSettings;
import dev.hooklake.server.maintenance.MaintenancePacing;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.tracking.TrackingSettings;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.signature.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands as a user types them, against an installation in a directory.
final class Cli {
  static final Secret SECRET = Secret.of("a test key");

  private final Path data;
  private final URI publicUrl;
  private final InstantSource clock;

  Cli(Path data, URI publicUrl) {
    this(data, publicUrl, InstantSource.system());
  }

  private Cli(Path data, URI publicUrl, InstantSource clock) {
    this.data = data;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /// Where nothing listens.
  static Cli in(Path data) {
    return new Cli(data, URI.create("http://127.0.0.1:1/webhook/customerio"));
  }

  Cli at(InstantSource time) {
    return new Cli(data, publicUrl, time);
  }

  static LakeSettings lake(Path data) {
    return LakeSettings.in(data.resolve("lake"));
  }

  Run run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine root = new CommandLine(new Root());
    Commands.addTo(
        root,
        new CommandContext(clock, false, this::find),
        _ -> {
          throw new AssertionError("no server is started here");
        });
    root.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exit = root.execute(arguments);
    return new Run(exit, out.toString(), err.toString());
  }

  private Installation find(Path config, Path dataOption) {
    return new Installation(
        data,
        JournalSettings.of(data.resolve("journal"), 1L << 30, Set.of(LakePipeline.CONSUMER)),
        lake(data),
        new Installation.Tracked(
            DatabaseSettings.of("", data), TrackingSettings.DEFAULT, List.of()),
        new LakeMaintenanceSettings(
            true,
            new MaintenancePacing(Duration.ofMinutes(1), Duration.ofHours(6)),
            MaintenanceSettings.usual(data.resolve("scratch"))),
        List.of(
            new InstalledSource(
                "customerio",
                new CustomerIo(CustomerIoSettings.of("customerio", List.of(SECRET))),
                publicUrl,
                null,
                Provider.customerIo(SECRET))),
        List.of(),
        publicUrl.resolve("/"),
        null);
  }

  record Run(int exit, String out, String err) {}

  @Command(name = "hooklake")
  private static final class Root implements Runnable {
    @Override
    public void run() {}
  }
}
