package dev.hooklake.server.cli;

import static dev.hooklake.server.cli.CustomerIoOptions.given;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.providers.customerio.EventNames;
import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.sources.event.Channel;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compares what our webhook is subscribed to with what we can take and with what arrives.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Compare what the webhook to this source is subscribed to with what arrives.",
      "",
      "An event that arrives without being subscribed to comes from another webhook to the same"
          + " address, or from before a change."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:one enabled webhook, and whatever arrives is subscribed to",
      "1:something failed, or is not well",
      "2:wrong usage"
    })
final class WebhookCheckCommand implements Callable<Integer> {
  private static final SqlLimits LIMITS = new SqlLimits(1, 512);

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CustomerIoOptions options = new CustomerIoOptions();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "What arrived in this time counts; default: ${DEFAULT-VALUE}.",
      defaultValue = "720h")
  private Duration since = Duration.ofDays(30);

  WebhookCheckCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ProviderAccess access = options.access(context);
    List<ReportingWebhook> ours =
        given(options.api(context).webhooks()).stream()
            .filter(webhook -> webhook.endpoint().replaceAll("[?#].*", "").endsWith(access.path()))
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    WebhookText.list(ours, out);
    boolean well = hints(ours, out);
    well &= compare(ours, arrived(), out);
    out.flush();
    return well ? 0 : 1;
  }

  private static boolean hints(List<ReportingWebhook> ours, PrintWriter out) {
    List<ReportingWebhook> enabled = ours.stream().filter(each -> !each.disabled()).toList();
    if (enabled.isEmpty()) {
      out.println("No enabled webhook leads here: nothing arrives.");
    }
    if (enabled.size() > 1) {
      out.println(
          "Several enabled webhooks lead here: events may arrive once for each, under different"
              + " ids.");
    }
    if (enabled.stream().anyMatch(each -> !each.fullResolution())) {
      out.println(
          "Only a delivery's first open and click are sent: a machine's may hide a person's. See"
              + " update --full-resolution true.");
    }
    return enabled.size() == 1;
  }

  private boolean compare(List<ReportingWebhook> ours, Map<String, Long> arrived, PrintWriter out) {
    var subscribed = new TreeSet<String>();
    ours.stream()
        .filter(each -> !each.disabled())
        .forEach(each -> subscribed.addAll(each.events()));
    var names = new TreeSet<>(EventNames.ALL);
    names.addAll(subscribed);
    names.addAll(arrived.keySet());
    var table = new TablePrinter(out);
    table.columns(List.of("event", "subscribed", "arrived", ""));
    boolean well = true;
    for (String name : names) {
      long count = arrived.getOrDefault(name, 0L);
      boolean stray = count > 0 && !subscribed.contains(name);
      well &= !stray;
      table.row(
          List.of(name, subscribed.contains(name) ? "yes" : "no", count, remark(name, stray)));
    }
    table.end();
    return well;
  }

  private static String remark(String name, boolean stray) {
    if (stray) {
      return "arrives without being subscribed to";
    }
    return EventNames.ALL.contains(name) ? "" : "not known to this version; kept if it arrives";
  }

  /// By the names of subscriptions; what was fetched did not arrive.
  private Map<String, Long> arrived() throws IOException {
    LocalDate from = LocalDate.ofInstant(context.clock().instant().minus(since), ZoneOffset.UTC);
    String rows =
        Arrays.stream(Channel.values())
            .map(channel ->
                "SELECT object_type, metric FROM "
                    + channel.table().name()
                    + " WHERE source = (SELECT source FROM asked)"
                    + " AND received_at >= (SELECT since FROM asked)"
                    + " AND coalesce(origin, 'webhook') <> 'backfill'")
            .collect(Collectors.joining(" UNION ALL "));
    String sql =
        "WITH asked AS (SELECT CAST(? AS VARCHAR) AS source, CAST(? AS TIMESTAMPTZ) AS since)"
            + " SELECT object_type, metric, count(*) FROM ("
            + rows
            + ") GROUP BY object_type, metric";
    var counts = new Counts();
    LakeReader lake = LakeReader.open(options.installation(context).lake());
    try (LakeSql tables = LakeSql.open(lake, LIMITS)) {
      tables.query(sql, List.of(options.source(), from + "T00:00:00Z"), counts);
    }
    return counts.byName;
  }

  private static final class Counts implements ResultReader {
    private final Map<String, Long> byName = new TreeMap<>();

    @Override
    public void columns(List<String> names) {}

    @Override
    public void row(List<@Nullable Object> values) {
      var row = new ArrayList<>(values);
      long count = row.get(2) instanceof Number number ? number.longValue() : 0;
      String name = EventNames.of(String.valueOf(row.get(0)), String.valueOf(row.get(1)));
      byName.merge(name, count, Long::sum);
    }

    @Override
    public void end() {}
  }
}
