package dev.hooklake.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Takes the webhook out of C2S, through the running server.
@Command(
    name = "unsubscribe",
    mixinStandardHelpOptions = true,
    description = "Take the URL that this API token has out of C2S.")
final class C2sUnsubscribeCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  C2sUnsubscribeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "asking C2S")) {
      return C2sOutcomes.print(admin.leads().unsubscribe(), spec.commandLine().getOut());
    }
  }
}
