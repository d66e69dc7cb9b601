package dev.hooklake.providers.customerio;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Authorization;
import dev.hooklake.providers.Call;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.Items;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Page;
import dev.hooklake.providers.PageWalk;
import dev.hooklake.providers.Patience;
import dev.hooklake.providers.ProviderHttp;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Customer.io's App API, as far as messages and their events are concerned.
///
/// Safe for many threads. A workspace has one bucket of 10 requests a second whoever asks: share
/// one [Pace] among all clients of a workspace.
public final class CustomerIoApi {
  private static final String MESSAGES = "messages";
  private static final String WEBHOOKS = "/v1/reporting_webhooks";

  private final ProviderHttp http;
  private final InstantSource clock;

  public CustomerIoApi(ProviderHttp http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  /// A client of its own.
  ///
  /// @param key an App API key of that region, not a Track API key
  public static CustomerIoApi of(URI api, String key, Pace pace, InstantSource clock) {
    return new CustomerIoApi(
        new ProviderHttp(api, Authorization.bearer(key), pace, Patience.USUAL), clock);
  }

  public Answer<List<ReportingWebhook>> webhooks() throws InterruptedException {
    return http.send(Call.get(WEBHOOKS))
        .then(json -> Items.of(json, "reporting_webhooks", "webhooks", ReportingWebhook::of));
  }

  public Answer<ReportingWebhook> webhook(long id) throws InterruptedException {
    return webhook(Call.get(WEBHOOKS + "/" + id));
  }

  /// Not repeated after a lost answer, when it may or may not exist: list the webhooks then.
  public Answer<ReportingWebhook> create(ReportingWebhook webhook) throws InterruptedException {
    return webhook(Call.post(WEBHOOKS, webhook.json()));
  }

  public Answer<ReportingWebhook> update(ReportingWebhook webhook) throws InterruptedException {
    return webhook(Call.put(WEBHOOKS + "/" + webhook.id(), webhook.json()));
  }

  public Answer<Boolean> delete(long id) throws InterruptedException {
    return http.send(Call.delete(WEBHOOKS + "/" + id)).map(empty -> true);
  }

  public Answer<MetricSeries> metrics(MetricsQuery query) throws InterruptedException {
    return new Metrics(http).read(query, clock.instant());
  }

  /// Messages created in a window, in no promised order; a message may come twice.
  public PageWalk<CustomerIoMessage> messages(MessageQuery query) {
    return new PageWalk<>(MESSAGES, cursor -> page(query, cursor));
  }

  public Answer<CustomerIoMessage> message(String deliveryId) throws InterruptedException {
    return http.send(Call.get("/v1/messages/" + Call.encoded(deliveryId)))
        .then(json ->
            CustomerIoMessage.of(json.path("message"))
                .map(Answer::given)
                .orElseGet(() ->
                    Answer.failed(
                        new Failure.Unreadable(
                            "a message came without its id or its time of creation"))));
  }

  /// Has an export of deliveries made. Not repeated after a lost answer; one more does no harm.
  public Answer<ExportState> createExport(DeliveriesExport wish) throws InterruptedException {
    return new Exports(http).create(wish);
  }

  public Answer<ExportState> export(long id) throws InterruptedException {
    return new Exports(http).state(id);
  }

  /// Where the file of an export that is done is for 15 minutes. The link is a secret, is fetched
  /// without our key, and leads wherever the answer says: look where that is before you go there.
  public Answer<URI> exportLink(long id) throws InterruptedException {
    return new Exports(http).link(id);
  }

  public Answer<List<Named>> campaigns() throws InterruptedException {
    return new Names(http).campaigns();
  }

  public Answer<List<Named>> broadcasts() throws InterruptedException {
    return new Names(http).broadcasts();
  }

  public Answer<List<Named>> transactional() throws InterruptedException {
    return new Names(http).transactional();
  }

  public PageWalk<Named> newsletters() {
    return new Names(http).newsletters();
  }

  public PageWalk<Named> campaignActions(long campaignId) {
    return new Names(http).actions("campaigns", campaignId);
  }

  public PageWalk<Named> broadcastActions(long broadcastId) {
    return new Names(http).actions("broadcasts", broadcastId);
  }

  /// Languages and A/B variants.
  public PageWalk<Named> newsletterContents(long newsletterId) {
    return new Names(http).contents(newsletterId);
  }

  private Answer<ReportingWebhook> webhook(Call call) throws InterruptedException {
    return http.send(call)
        .then(json ->
            ReportingWebhook.of(json)
                .map(Answer::given)
                .orElseGet(() ->
                    Answer.failed(
                        new Failure.Unreadable("a webhook came without its id or its events"))));
  }

  private Answer<Page<CustomerIoMessage>> page(MessageQuery query, @Nullable String cursor)
      throws InterruptedException {
    Call call =
        Call.get("/v1/messages")
            .with("limit", query.pageSize())
            .with("start_ts", query.from().getEpochSecond())
            // Whether the end is included is not documented: asked as if not, and held to it here.
            .with("end_ts", query.to().getEpochSecond())
            .with("start", cursor);
    return http.send(call)
        .then(json ->
            Items.of(json, MESSAGES, MESSAGES, CustomerIoMessage::of)
                .map(messages -> new Page<>(query.held(messages), Json.text(json, "next"))));
  }
}
