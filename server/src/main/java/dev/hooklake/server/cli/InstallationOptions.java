package dev.hooklake.server.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which Hooklake a command is about.
final class InstallationOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file; default: hooklake.yaml if there is one, else the environment.")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory; default: the one the settings name.")
  private @Nullable Path data;

  Installation in(CommandContext context) {
    return context.installations().find(config, data);
  }
}
