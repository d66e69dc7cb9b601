package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.simulator.LoadClient;
import dev.hooklake.server.simulator.LoadPlan;
import dev.hooklake.server.simulator.LoadReport;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.server.simulator.SideBySide;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
      "Start a server here with all its sources and send it the invented traffic of all providers.",
      "",
      "Nothing else is needed: no database, no broker, no account. The signing secrets are made up"
          + " on the spot. While it runs, 'hooklake query' and 'hooklake status' answer from another"
          + " terminal. Ctrl-C ends it; nothing is lost.",
      "",
      "Its provider is an invented one, with an API like the real one, that keeps back 0.5 %% of its"
          + " webhooks on purpose: 'hooklake reconcile' finds them and 'hooklake backfill' fetches"
          + " them. Its CRM and the registers in which leads are looked up are invented as well; a few of"
          + " their calls fail, and each lead that is found still gets one note.",
      "",
      "At the end the tables are counted, for each source: accepted = landed = channel tables +"
          + " quarantine. How the enrichment of a lead ended is an event too, and counted with them."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the sum is right", "1:it is not, or something failed", "2:wrong usage"})
final class DemoCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 32;
  private static final Duration LONGEST_SETTLING = Duration.ofMinutes(3);
  private static final long LOOK_AGAIN_MILLIS = 200;

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

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the invention starts from; default: the time.")
  private @Nullable Long seed;

  @Option(
      names = "--keep-running",
      description = "After N different events, leave server and provider running until Ctrl-C.")
  private boolean keepRunning;

  DemoCommand(CommandContext context, ServerStarter starter) {
    this.context = context;
    this.starter = starter;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long begin = seed == null ? context.clock().millis() : seed;
    String apiKey = madeUp();
    // Ctrl-C stops the load; the rest follows by itself.
    try (var interruption = new Interruption();
        var provider = new DemoProvider(new SplittableRandom(~begin), context.clock(), apiKey);
        var leads = new DemoLeads(begin, madeUp())) {
      // The form of a Svix secret serves everybody else as a text.
      String secret = "whsec_" + madeUp();
      var request =
          new ServerStarter.Request(data, port, secret, provider.api(), apiKey, leads.services());
      Ended ended = run(request, new Playing(provider, leads, begin), interruption);
      DemoBalance balance = DemoBalance.count(ended.hooklake().lake(), ended.accepted());
      balance.print(spec.commandLine().getOut());
      return balance.isRight() ? 0 : 1;
    }
  }

  private static String madeUp() {
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }

  /// The provider with an API of its own, the CRM with the registers, and what all invention starts
  /// from.
  private record Playing(DemoProvider provider, DemoLeads leads, long begin) {}

  private Ended run(ServerStarter.Request request, Playing playing, Interruption interruption)
      throws IOException, InterruptedException {
    Map<String, Long> bySource;
    ServerStarter.Started server = starter.start(request);
    try (server) {
      play(server.installation(), playing, interruption);
      bySource = accepted(server.installation());
    }
    return new Ended(server.installation(), new DemoBalance.Accepted(server.accepted(), bySource));
  }

  private void play(Installation hooklake, Playing playing, Interruption interruption)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    DemoProvider provider = playing.provider();
    List<Sender> senders = new Senders(hooklake.sources()).named(null);
    provider.register(senders);
    LoadClient load = load(senders, playing);
    var stopped = new CountDownLatch(1);
    interruption.calls(() -> {
      load.stop();
      stopped.countDown();
    });
    DemoText.greet(hooklake, provider.api(), playing.leads().crm(), out);
    LoadReport report = watch(load, hooklake);
    LoadText.print(report, out);
    out.printf(Locale.ROOT, "%,d further webhooks were kept back on purpose%n", provider.lost());
    settled(hooklake, playing.leads(), stopped).print(out);
    if (keepRunning) {
      out.println("Running until Ctrl-C");
      out.flush();
      stopped.await();
    }
  }

  /// Waits until every lead has come to its end, but not for ever, and not once Ctrl-C was pressed.
  private DemoLeadCount settled(Installation hooklake, DemoLeads leads, CountDownLatch stopped)
      throws IOException, InterruptedException {
    Instant end = context.clock().instant().plus(LONGEST_SETTLING);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      DemoLeadCount count = DemoLeadCount.of(admin.status(), leads.notes());
      while (!count.settled()
          && context.clock().instant().isBefore(end)
          && !stopped.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        count = DemoLeadCount.of(admin.status(), leads.notes());
      }
      return count;
    }
  }

  private static Map<String, Long> accepted(Installation hooklake)
      throws IOException, InterruptedException {
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      JsonNode status = admin.status();
      Map<String, Long> bySource = new TreeMap<>();
      for (JsonNode source : status.path("sources")) {
        bySource.put(source.path("name").asText(), source.path("accepted").asLong());
      }
      return bySource;
    }
  }

  private LoadReport watch(LoadClient load, Installation hooklake) throws InterruptedException {
    try (DemoLine _ = new DemoLine(context, spec.commandLine().getErr(), hooklake, load)) {
      return load.run();
    }
  }

  private LoadClient load(List<Sender> senders, Playing playing) {
    var traffic = new SideBySide(senders, new SplittableRandom(playing.begin()), context.clock());
    try {
      var plan = new LoadPlan(senders.getFirst().url(), CONNECTIONS, rate, events, null);
      return new LoadClient(
          plan,
          playing.leads().known(playing.provider().keepingBack(traffic)),
          _ -> {},
          context.clock());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private record Ended(Installation hooklake, DemoBalance.Accepted accepted) {}
}
