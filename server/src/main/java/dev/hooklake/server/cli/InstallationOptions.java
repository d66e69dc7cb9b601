package dev.hooklake.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Which Hooklake a command is about.
final class InstallationOptions {
  @ArgGroup private @Nullable Choice choice;

  Installation in(CommandContext context) throws IOException {
    return choice == null
        ? context.installations().find(null, null)
        : context.installations().find(choice.config, choice.data);
  }

  /// One or the other.
  static final class Choice {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description =
            "Settings file; default: hooklake.yaml if there is one, else the environment.")
    private @Nullable Path config;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Instead of settings: a data directory that has the lake in it.")
    private @Nullable Path data;
  }
}
