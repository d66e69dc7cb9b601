package dev.hooklake.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Registers a URL for all triggers of C2S, through the running server.
@Command(
    name = "subscribe",
    mixinStandardHelpOptions = true,
    description = {
      "Register a URL in C2S for created, updated and closed leads.",
      "",
      "C2S keeps one URL for each API token: another one takes the place of the first, without"
          + " a word. C2S can send no header, so the URL holds the webhook's token."
    },
    footer = {
      "",
      "Example: hooklake c2s subscribe --replace"
          + " --url 'https://hooks.example.com/api/v1/webhooks/c2s?token=...'"
    })
final class C2sSubscribeCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--url",
      paramLabel = "URL",
      required = true,
      description = "The public URL of this server's C2S webhook, with ?token=...")
  private String url = "";

  @Option(names = "--replace", description = "Yes: a URL that this API token has now is forgotten.")
  private boolean replace;

  C2sSubscribeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!replace) {
      throw new ParameterException(
          spec.commandLine(),
          "C2S forgets the URL that this API token has now, if it has one; add --replace if that"
              + " is meant");
    }
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "asking C2S")) {
      return C2sOutcomes.print(admin.leads().subscribe(url), out());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
