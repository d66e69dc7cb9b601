package dev.hooklake.server.cli;

import static dev.hooklake.server.cli.CustomerIoOptions.given;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.customerio.ArrivedEvents;
import dev.hooklake.server.customerio.WebhookCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
  private static final SqlLimits SIZE = new SqlLimits(1, 512);

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
    WebhookCheck check = WebhookCheck.of(given(options.webhooks(context).leadingHere()), arrived());
    PrintWriter out = spec.commandLine().getOut();
    WebhookText.list(check.webhooks(), out);
    check.remarks().forEach(out::println);
    var table = new TablePrinter(out);
    table.columns(List.of("event", "subscribed", "arrived", ""));
    for (WebhookCheck.Event event : check.events()) {
      table.row(
          List.of(
              event.name(), event.subscribed() ? "yes" : "no", event.arrived(), event.remark()));
    }
    table.end();
    out.flush();
    return check.isWell() ? 0 : 1;
  }

  private Map<String, Long> arrived() throws IOException {
    LocalDate from = LocalDate.ofInstant(context.clock().instant().minus(since), ZoneOffset.UTC);
    LakeReader lake = LakeReader.open(options.installation(context).lake());
    try (var questions = new LakeQuestions(lake, 1, SIZE)) {
      return ArrivedEvents.count(questions, options.source(), from);
    }
  }
}
