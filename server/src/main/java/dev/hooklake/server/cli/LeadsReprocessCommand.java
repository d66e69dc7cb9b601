package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Processes ended lead events again.
@Command(
    name = "reprocess",
    mixinStandardHelpOptions = true,
    description = {
      "Process ended lead events again: one by its id, or all that a filter finds.",
      "",
      "Their contacts are looked up anew. A note that was sent is not sent again."
    },
    footer = {"", "Example: hooklake leads reprocess --status failed --dry-run"})
final class LeadsReprocessCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();
  @Mixin private LeadFilterOptions filter = new LeadFilterOptions();

  @Parameters(paramLabel = "EVENT", arity = "0..1", description = "One event, by its id.")
  private @Nullable String id;

  @Option(names = "--dry-run", description = "Only say which events would be processed again.")
  private boolean dryRun;

  LeadsReprocessCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, @Nullable String> query = filter.query(spec);
    boolean filtered = query.values().stream().anyMatch(Objects::nonNull);
    if (filtered == (id != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "give one event's id, or at least one filter such as --status failed");
    }
    if (id != null && dryRun) {
      throw new ParameterException(spec.commandLine(), "--dry-run goes with a filter");
    }
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "asking the server")) {
      query.put("dryRun", String.valueOf(dryRun));
      print(id == null ? admin.leads().reprocess(query) : admin.leads().reprocess(id));
      return 0;
    }
  }

  private void print(JsonNode answer) {
    PrintWriter out = spec.commandLine().getOut();
    answer.path("ids").forEach(one -> out.println(one.asText()));
    out.println(
        dryRun
            ? answer.path("reprocessable").asInt() + " would be processed again"
            : answer.path("reprocessed").asInt() + " are processed again");
    out.flush();
  }
}
