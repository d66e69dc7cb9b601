package dev.hooklake.server.app;

import dev.hooklake.server.app.settings.LogSettings;
import dev.hooklake.server.cli.CommandContext;
import dev.hooklake.server.cli.Commands;
import java.io.Console;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program: one command line, whose subcommands are wired here and nowhere else.
@Command(
    name = "hooklake",
    mixinStandardHelpOptions = true,
    version = "hooklake " + Version.TEXT,
    description = "Webhooks of messaging providers: verified, never lost, landed in Delta Lake.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; the message says why",
      "2:the command line was not understood",
      "78:the configuration has errors; each is printed",
      "130:ended by Ctrl-C, in order",
      "143:ended by SIGTERM, in order"
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  Main() {
    spec = CommandSpec.create();
  }

  public static void main(String[] args) {
    Logging.configure(new LogSettings("warn", false));
    System.exit(lineFor(args, System.getenv(), InstantSource.system()).execute(args));
  }

  /// The command line that can take these arguments.
  static CommandLine lineFor(String[] args, Map<String, String> env, InstantSource clock) {
    boolean serves = args.length > 0 && args[0].equals("serve");
    return serves ? serving(env, clock) : commandLine(env, clock);
  }

  /// With `serve` alone: reading the annotations of all commands takes longer than opening a
  /// journal.
  private static CommandLine serving(Map<String, String> env, InstantSource clock) {
    var line = new CommandLine(new Main());
    line.addSubcommand(new ServeCommand(new SettingsSource(env), clock));
    Commands.tellFailures(line);
    return explained(line);
  }

  /// Commands of other packages are added here with what they need in their constructors.
  static CommandLine commandLine(Map<String, String> env, InstantSource clock) {
    var settings = new SettingsSource(env);
    var line = new CommandLine(new Main());
    var context = new CommandContext(clock, onTerminal(), new SettingsInstallations(env));
    line.addSubcommand(new ServeCommand(settings, clock));
    line.addSubcommand(new ConfigCommand(settings));
    line.addSubcommand(new InitCommand());
    Commands.addTo(line, context, new DemoServer(clock));
    return explained(line);
  }

  private static CommandLine explained(CommandLine line) {
    line.setExecutionExceptionHandler(new RefusedSettings(line.getExecutionExceptionHandler()));
    return line;
  }

  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where nobody types
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
