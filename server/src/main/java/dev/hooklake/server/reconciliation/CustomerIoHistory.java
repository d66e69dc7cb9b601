package dev.hooklake.server.reconciliation;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.MessageQuery;
import dev.hooklake.providers.customerio.MetricSeries;
import dev.hooklake.providers.customerio.MetricsOf;
import dev.hooklake.providers.customerio.MetricsQuery;
import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.providers.customerio.Resolution;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Customer.io's list of messages by the day they were created, its webhooks, and its counts.
///
/// @param ours whether a webhook's endpoint is this source's
/// @param files its exports
public record CustomerIoHistory(
    String source, CustomerIoApi api, Predicate<String> ours, CustomerIoExports files)
    implements ProviderHistory {
  /// Names of series that have another word in webhooks. What has no webhook is left out.
  private static final Map<String, String> METRICS =
      Map.of(
          "sent", "sent",
          "delivered", "delivered",
          "opened", "opened",
          "clicked", "clicked",
          "converted", "converted",
          "bounced", "bounced",
          "suppressed", "dropped",
          "spammed", "spammed",
          "failed", "failed",
          "unsubscribed", "unsubscribed");

  @Override
  public Walk walk(LocalDate newest, LocalDate oldest) {
    return new DayWalk<>(
        newest,
        oldest,
        day -> api.messages(ofDay(day)),
        messages ->
            messages.stream()
                .map(message -> CustomerIoListed.of(source, message))
                .flatMap(Optional::stream)
                .toList());
  }

  private static MessageQuery ofDay(LocalDate day) {
    return new MessageQuery(
        day.atStartOfDay().toInstant(ZoneOffset.UTC),
        day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC),
        MessageQuery.LARGEST_PAGE);
  }

  @Override
  public Look subscription() throws InterruptedException {
    return switch (api.webhooks()) {
      case Answer.Failed<List<ReportingWebhook>>(Failure why) -> new Look.Failed(why.message());
      case Answer.Given<List<ReportingWebhook>>(List<ReportingWebhook> all) ->
          new Look.Seen(
              together(all.stream().filter(webhook -> ours.test(webhook.endpoint())).toList()));
    };
  }

  /// What any of them sends should come. One that is enabled counts before those left behind.
  private static Subscription together(List<ReportingWebhook> webhooks) {
    List<ReportingWebhook> enabled =
        webhooks.stream().filter(webhook -> !webhook.disabled()).toList();
    List<ReportingWebhook> sending = enabled.isEmpty() ? webhooks : enabled;
    if (sending.isEmpty()) {
      return Subscription.UNKNOWN;
    }
    return new Subscription(
        sending.stream().mapToLong(ReportingWebhook::id).min().getAsLong(),
        enabled.isEmpty(),
        sending.stream().anyMatch(ReportingWebhook::fullResolution),
        sending.stream()
            .flatMap(webhook -> webhook.events().stream())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// A parent whose counts cannot be had is left out: the list of messages does not depend on it.
  @Override
  public Counts reported(List<Parent> parents, LocalDate from, LocalDate to)
      throws InterruptedException {
    List<Reported> reported = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Parent parent : parents) {
      MetricsOf of = MetricsOf.valueOf(parent.kind().toUpperCase(Locale.ROOT));
      var query = new MetricsQuery(of, parent.id(), from, to, Resolution.DAYS, ZoneOffset.UTC);
      switch (api.metrics(query)) {
        case Answer.Given<MetricSeries>(MetricSeries series) ->
            reported.addAll(days(parent, series));
        case Answer.Failed<MetricSeries>(Failure why) -> failures.add(why.message());
      }
    }
    return new Counts(
        reported,
        failures.isEmpty()
            ? null
            : "the provider's own counts of %d of %d campaigns and the like cannot be had: %s"
                .formatted(failures.size(), parents.size(), failures.getFirst()));
  }

  @Override
  public Optional<CustomerIoExports> exports() {
    return Optional.of(files);
  }

  @Override
  public Naming names(List<Parent> parents) throws InterruptedException {
    return new CustomerIoNames(api).read(parents);
  }

  private static List<Reported> days(Parent parent, MetricSeries series) {
    List<Reported> days = new ArrayList<>();
    for (int i = 0; i < series.starts().size(); i++) {
      Map<String, Long> counts = new HashMap<>();
      for (Map.Entry<String, List<Long>> each : series.counts().entrySet()) {
        String metric = METRICS.get(each.getKey());
        if (metric != null) {
          counts.put(metric, each.getValue().get(i));
        }
      }
      days.add(new Reported(parent, series.zone(), series.starts().get(i).toLocalDate(), counts));
    }
    return days;
  }
}
