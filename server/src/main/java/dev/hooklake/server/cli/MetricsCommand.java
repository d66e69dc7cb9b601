package dev.hooklake.server.cli;

import static dev.hooklake.server.cli.CustomerIoOptions.given;

import dev.hooklake.providers.customerio.MetricSeries;
import dev.hooklake.providers.customerio.MetricsOf;
import dev.hooklake.providers.customerio.MetricsQuery;
import dev.hooklake.providers.customerio.Resolution;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.customerio.MetricTable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows Customer.io's own counts.
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = {
      "Show Customer.io's own counts of a campaign, newsletter, broadcast or transactional message.",
      "",
      "Campaigns come in the days of any time zone. The others count back from now, at most 24"
          + " hours, 45 days, 12 weeks or 121 months, in days that begin at midnight US Eastern"
          + " time."
    },
    footer = {
      "",
      "Examples:",
      "  hooklake customerio metrics campaign 7 --from 2026-03-01 --to 2026-03-31",
      "  hooklake customerio metrics newsletter 12 --resolution weeks --format csv"
    })
final class MetricsCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CustomerIoOptions options = new CustomerIoOptions();

  @Parameters(
      index = "0",
      paramLabel = "OF",
      description = "campaign, newsletter, broadcast or transactional.")
  private MetricsOf of = MetricsOf.CAMPAIGN;

  @Parameters(index = "1", paramLabel = "ID", description = "Its id at Customer.io.")
  private long id;

  @Option(names = "--from", paramLabel = "DATE", description = "First day; default: a week ago.")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "Last day; default: today.")
  private @Nullable LocalDate to;

  @Option(
      names = "--resolution",
      paramLabel = "STEP",
      description = "hours, days, weeks or months; default: ${DEFAULT-VALUE}.",
      defaultValue = "days")
  private Resolution resolution = Resolution.DAYS;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Of campaigns: whose days, such as Europe/Lisbon; default: ${DEFAULT-VALUE}.",
      defaultValue = "UTC")
  private String zone = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
      defaultValue = "table")
  private Format format = Format.table;

  MetricsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    MetricSeries series = given(options.api(context).metrics(query()));
    print(MetricTable.of(series, resolution), format.printer(spec.commandLine().getOut()));
    var err = spec.commandLine().getErr();
    err.println(
        "steps begin at midnight in "
            + series.zone().getId()
            + (series.whole() ? "" : "; the API does not reach back to " + from));
    err.flush();
    return 0;
  }

  private MetricsQuery query() {
    LocalDate today = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
    LocalDate last = to == null ? today : to;
    LocalDate first = from == null ? last.minusDays(6) : from;
    try {
      return new MetricsQuery(of, id, first, last, resolution, ZoneId.of(zone));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void print(ResultTable table, ResultReader printer) {
    printer.columns(table.columns());
    table.rows().forEach(printer::row);
    printer.end();
  }
}
