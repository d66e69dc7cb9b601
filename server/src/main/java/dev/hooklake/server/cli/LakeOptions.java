package dev.hooklake.server.cli;

import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// Which tables of which lake a command is about.
final class LakeOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(names = "--table", paramLabel = "NAME", description = "Only this table.")
  private @Nullable String table;

  InstallationOptions installation() {
    return installation;
  }

  List<Table> tables() {
    String name = table;
    if (name == null) {
      return Tables.readable();
    }
    return List.of(
        Tables.byName(name)
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(),
                    "there is no table '" + name + "'; the tables are: " + names())));
  }

  private static String names() {
    return Tables.readable().stream().map(Table::name).collect(Collectors.joining(", "));
  }
}
