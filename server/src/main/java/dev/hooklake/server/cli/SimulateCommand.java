package dev.hooklake.server.cli;

import dev.hooklake.server.simulator.LoadClient;
import dev.hooklake.server.simulator.LoadPlan;
import dev.hooklake.server.simulator.LoadReport;
import dev.hooklake.server.simulator.Receipts;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.server.simulator.SideBySide;
import dev.hooklake.server.simulator.SimulatedEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Sends invented traffic and says what became of it.
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Send realistic, correctly signed traffic over real HTTP, as every configured provider would.",
      "",
      "People and messages are invented, on reserved domains and numbers. One event in a hundred is"
          + " sent again with the same bytes, a few arrive out of order, a few have a metric or an"
          + " object type that nobody knows. After anything but a 2xx the same event is sent again,"
          + " as the provider does. Signing secrets come from the settings. Customer.io, Twilio and"
          + " Resend can be played; without --source all of them that are configured, side by side.",
      "",
      "Ends after --events or --duration, whichever comes first, or at Ctrl-C."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every event got a 2xx", "1:some did not", "2:wrong usage"})
final class SimulateCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The name of a configured source; default: all.")
  private @Nullable String source;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Default: this Hooklake's public port.")
  private @Nullable URI url;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Events a second, whether answers come or not; 0 is as fast as they come."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "100")
  private double rate;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Stop after N different events; repeats come on top.")
  private @Nullable Long events;

  @Option(names = "--duration", paramLabel = "D", description = "Stop after 30s, 5m, 2h.")
  private @Nullable Duration duration;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections kept open. Default: ${DEFAULT-VALUE}.",
      defaultValue = "32")
  private int connections;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the invention starts from; default: the time.")
  private @Nullable Long seed;

  @Option(
      names = "--receipts",
      paramLabel = "FILE",
      description = "Write the key of each event that got a 2xx, one a line.")
  private @Nullable Path receipts;

  SimulateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (events == null && duration == null && !context.terminal()) {
      throw new ParameterException(spec.commandLine(), "give --events or --duration");
    }
    try (var interruption = new Interruption()) {
      return receipts == null
          ? send(_ -> {}, interruption)
          : sendWithReceipts(receipts, interruption);
    }
  }

  private int sendWithReceipts(Path file, Interruption interruption)
      throws IOException, InterruptedException {
    try (var lines = new Receipts(file)) {
      return send(lines::add, interruption);
    }
  }

  private int send(Consumer<SimulatedEvent> acknowledged, Interruption interruption)
      throws IOException, InterruptedException {
    LoadClient load = load(acknowledged);
    interruption.calls(load::stop);
    LoadReport report = run(load);
    LoadText.print(report, spec.commandLine().getOut());
    return report.givenUp() == 0 ? 0 : 1;
  }

  private LoadReport run(LoadClient load) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try (Progress _ = new Progress(context, err, () -> LoadText.line(load.report()))) {
      return load.run();
    }
  }

  private LoadClient load(Consumer<SimulatedEvent> acknowledged) throws IOException {
    List<Sender> senders = senders();
    long begin = seed == null ? context.clock().millis() : seed;
    spec.commandLine().getErr().println("seed " + begin);
    var traffic = new SideBySide(senders, new SplittableRandom(begin), context.clock());
    return new LoadClient(plan(senders.getFirst().url()), traffic, acknowledged, context.clock());
  }

  private List<Sender> senders() throws IOException {
    List<Sender> senders = new Senders(installation.in(context).sources()).named(source);
    URI elsewhere = url;
    if (elsewhere == null) {
      return senders;
    }
    if (senders.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--url is one provider's; say whose with --source");
    }
    return List.of(senders.getFirst().to(elsewhere));
  }

  private LoadPlan plan(URI target) {
    try {
      return new LoadPlan(target, connections, rate, events, duration);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
