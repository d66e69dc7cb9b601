package dev.hooklake.server.cli;

import dev.hooklake.server.simulator.LoadClient;
import dev.hooklake.server.simulator.LoadPlan;
import dev.hooklake.server.simulator.LoadReport;
import dev.hooklake.server.simulator.Traffic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Shows the whole way of an event: a server, traffic to its public port over real HTTP, and in the
/// end the sum that proves that nothing was lost or doubled.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Start a server here and send it invented Customer.io traffic.",
      "",
      "Nothing else is needed: no database, no broker, no account. The signing secret is made up on"
          + " the spot. While it runs, 'hooklake query' and 'hooklake status' answer from another"
          + " terminal. Ctrl-C ends it; nothing is lost.",
      "",
      "At the end the tables are counted: accepted = landed = channel tables + quarantine."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the sum is right", "1:it is not, or something failed", "2:wrong usage"})
final class DemoCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 32;

  private final CommandContext context;
  private final ServerStarter starter;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Events a second; 0 is as fast as they are answered. Default: ${DEFAULT-VALUE}.",
      defaultValue = "500")
  private double rate;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "End after N different events; default: at Ctrl-C.")
  private @Nullable Long events;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory, kept afterwards; default: ./hooklake-data.")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Public port; 0 takes free ones. Default: 8080, and 8081 for the admin port.")
  private @Nullable Integer port;

  DemoCommand(CommandContext context, ServerStarter starter) {
    this.context = context;
    this.starter = starter;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var random = new SplittableRandom(context.clock().millis());
    byte[] secret = new byte[16];
    random.nextBytes(secret);
    var request = new ServerStarter.Request(data, port, HexFormat.of().formatHex(secret));
    // Ctrl-C stops the load; the rest follows by itself.
    try (var interruption = new Interruption()) {
      Ended ended = run(request, random, interruption);
      DemoBalance balance = DemoBalance.count(ended.hooklake().lake(), ended.accepted());
      balance.print(spec.commandLine().getOut());
      return balance.isRight() ? 0 : 1;
    }
  }

  private Ended run(
      ServerStarter.Request request, SplittableRandom random, Interruption interruption)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ServerStarter.Started server = starter.start(request)) {
      Installation hooklake = server.installation();
      LoadClient load = load(hooklake, random);
      interruption.calls(load::stop);
      DemoText.greet(hooklake, out);
      LoadReport report = watch(load, hooklake);
      LoadText.print(report, out);
      return new Ended(hooklake, accepted(hooklake));
    }
  }

  private static long accepted(Installation hooklake) throws IOException, InterruptedException {
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      return admin.status().path("balance").path("accepted").asLong();
    }
  }

  private LoadReport watch(LoadClient load, Installation hooklake) throws InterruptedException {
    try (DemoLine _ = new DemoLine(context, spec.commandLine().getErr(), hooklake, load)) {
      return load.run();
    }
  }

  private LoadClient load(Installation hooklake, SplittableRandom random) {
    var traffic = new Traffic(random, context.clock());
    try {
      var plan = new LoadPlan(hooklake.webhookUrl(), CONNECTIONS, rate, events, null);
      return new LoadClient(
          plan, traffic::next, SendCommand.signer(hooklake)::sign, _ -> {}, context.clock());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private record Ended(Installation hooklake, long accepted) {}
}
