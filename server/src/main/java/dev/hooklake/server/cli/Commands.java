package dev.hooklake.server.cli;

import java.time.Duration;
import picocli.CommandLine;

/// Every command of this package.
public final class Commands {
  private Commands() {}

  public static void addTo(CommandLine root, CommandContext context, ServerStarter server) {
    root.addSubcommand(new DemoCommand(context, server));
    addQuestions(root, context);
    addCare(root, context);
    root.addSubcommand(new ReconcileCommand(context));
    root.addSubcommand(new BackfillCommand(context));
    root.addSubcommand(customerIo(context));
    root.addSubcommand(new SendCommand(context));
    root.addSubcommand(new SimulateCommand(context));
    root.registerConverter(Duration.class, Durations::parse);
    tellFailures(root);
  }

  private static void addQuestions(CommandLine root, CommandContext context) {
    root.addSubcommand(new QueryCommand(context));
    root.addSubcommand(new ReportCommand(context));
    root.addSubcommand(new StatusCommand(context));
    root.addSubcommand(new ConsoleCommand(context));
    root.addSubcommand(
        new CommandLine(new EventsCommand()).addSubcommand(new EventsShowCommand(context)));
    root.addSubcommand(MessagesCommand.withItsOwn(context));
    root.addSubcommand(LeadsCommand.withItsOwn(context));
    root.addSubcommand(C2sCommand.withItsOwn(context));
    root.addSubcommand(AlertsCommand.withItsOwn(context));
    root.addSubcommand(new DriftCommand(context));
  }

  private static void addCare(CommandLine root, CommandContext context) {
    root.addSubcommand(
        new CommandLine(new JournalCommand())
            .addSubcommand(new JournalVerifyCommand(context))
            .addSubcommand(new JournalRepairCommand(context)));
    root.addSubcommand(
        new CommandLine(new LakeCommand())
            .addSubcommand(new LakeStatsCommand(context))
            .addSubcommand(new LakeMaintainCommand(context))
            .addSubcommand(new LakeVacuumCommand(context)));
    root.addSubcommand(ForwardingCommand.withItsOwn(context));
    root.addSubcommand(SinksCommand.withItsOwn(context));
    root.addSubcommand(new EraseCommand(context));
    root.addSubcommand(new ReplayCommand(context));
  }

  private static CommandLine customerIo(CommandContext context) {
    return new CommandLine(new CustomerIoCommand())
        .addSubcommand(
            new CommandLine(new WebhooksCommand(context))
                .addSubcommand(new WebhookCreateCommand(context))
                .addSubcommand(new WebhookTestCommand(context))
                .addSubcommand(new WebhookCheckCommand(context)))
        .addSubcommand(
            new CommandLine(new MetricsCommand(context)).setCaseInsensitiveEnumValuesAllowed(true));
  }

  /// A command that fails says why in a line, not in a stack trace.
  public static void tellFailures(CommandLine root) {
    root.setExecutionExceptionHandler(new Failures());
  }
}
