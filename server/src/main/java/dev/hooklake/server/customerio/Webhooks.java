package dev.hooklake.server.customerio;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.ReportingWebhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The webhooks of an account, and which of them lead to a source of ours.
///
/// A webhook is ours by its path: under which name the world reaches this server, it does not know.
public final class Webhooks {
  private static final String USUAL_SOURCE = "customerio";
  private static final String LOOPBACK = "localhost|127(\\.[0-9]{1,3}){3}|\\[::1]";

  private final String source;
  private final String path;
  private final CustomerIoApi api;

  /// Between the look whether an address is registered and its registration nobody else registers.
  private final ReentrantLock registering = new ReentrantLock();

  /// @param path where the world reaches the source; empty when there is no such source
  public Webhooks(String source, String path, CustomerIoApi api) {
    this.source = source;
    this.path = path;
    this.api = api;
  }

  public String path() {
    return path;
  }

  public CustomerIoApi api() {
    return api;
  }

  /// A webhook at the address that was asked for.
  ///
  /// @param created false when it was there already
  public record Registered(ReportingWebhook webhook, boolean created) {}

  /// What a person does next with a webhook, in this order; nothing once it is switched on.
  public List<String> nextSteps(ReportingWebhook webhook) {
    if (!webhook.disabled()) {
      return List.of();
    }
    String which = webhook.id() + (source.equals(USUAL_SOURCE) ? "" : " --source " + source);
    return List.of(
        "In Customer.io: Integrations, Reporting Webhooks, the webhook named '"
            + webhook.name()
            + "'; copy its signing key.",
        "Set " + keySetting() + " to it and restart the server.",
        "./hooklake customerio webhooks test " + which,
        "./hooklake customerio webhooks enable " + which);
  }

  /// Where the source's signing key is set; the environment knows the usual source only.
  public String keySetting() {
    return source.equals(USUAL_SOURCE)
        ? "CUSTOMERIO_WEBHOOK_SECRET"
        : "sources." + source + ".secrets";
  }

  /// Why a webhook is neither switched on nor tested while its key is not among the settings.
  public String keyUnknown() {
    return "the webhook's signing key is not known here; set " + keySetting() + ", and restart";
  }

  /// Those that lead here.
  public Answer<List<ReportingWebhook>> leadingHere() throws InterruptedException {
    return api.webhooks()
        .map(all -> all.stream().filter(webhook -> leadsHere(webhook.endpoint())).toList());
  }

  public boolean leadsHere(String endpoint) {
    try {
      return isOurPath(new URI(endpoint));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private boolean isOurPath(URI endpoint) {
    return !path.isEmpty() && path.equals(endpoint.getPath());
  }

  /// Whether it names a host and is encrypted, which on this machine it need not be.
  static boolean isCallable(URI endpoint) {
    String host = endpoint.getHost();
    return host != null
        && ("https".equals(endpoint.getScheme())
            || ("http".equals(endpoint.getScheme()) && host.matches(LOOPBACK)));
  }

  /// Registers an address, switched off; one that is registered already is left as it is.
  public Answer<Registered> register(URI endpoint, WebhookWish wish) throws InterruptedException {
    requireOurs(endpoint);
    registering.lockInterruptibly();
    try {
      Answer<Optional<ReportingWebhook>> before = at(endpoint);
      if (!(before instanceof Answer.Given<Optional<ReportingWebhook>>(var there))
          || there.isPresent()) {
        return before.map(found -> new Registered(found.orElseThrow(), false));
      }
      return created(endpoint, wish);
    } finally {
      registering.unlock();
    }
  }

  private Answer<Registered> created(URI endpoint, WebhookWish wish) throws InterruptedException {
    Answer<ReportingWebhook> answer = api.create(wish.created(endpoint.toString()));
    if (perhapsDone(answer)
        && at(endpoint) instanceof Answer.Given<Optional<ReportingWebhook>>(var found)
        && found.isPresent()) {
      // The answer was lost; that it was created the list tells.
      return Answer.given(new Registered(found.get(), true));
    }
    return answer.map(webhook -> new Registered(webhook, true));
  }

  /// Refuses an address that does not lead to the source, with an [IllegalArgumentException].
  public void requireOurs(URI endpoint) {
    if (!isCallable(endpoint)) {
      throw new IllegalArgumentException(
          "the endpoint is the whole address, with https:// and a host");
    }
    if (!isOurPath(endpoint)) {
      throw new IllegalArgumentException(
          "the endpoint's path is not "
              + path
              + ", where the source receives webhooks; what a proxy puts before it, set in"
              + " server.public-url");
    }
  }

  private Answer<Optional<ReportingWebhook>> at(URI endpoint) throws InterruptedException {
    return api.webhooks()
        .map(all ->
            all.stream()
                .filter(webhook -> webhook.endpoint().equals(endpoint.toString()))
                .findFirst());
  }

  private static boolean perhapsDone(Answer<ReportingWebhook> answer) {
    return answer instanceof Answer.Failed<ReportingWebhook>(Failure why)
        && (why instanceof Failure.Unavailable || why instanceof Failure.Unreadable);
  }

  /// Changes what a webhook sends.
  public Answer<ReportingWebhook> change(long id, WebhookWish wish) throws InterruptedException {
    return updated(api.webhook(id).map(wish::changed));
  }

  /// Switches a webhook on or off.
  public Answer<ReportingWebhook> turn(long id, boolean disabled) throws InterruptedException {
    return updated(api.webhook(id).map(webhook -> webhook.with(disabled)));
  }

  private Answer<ReportingWebhook> updated(Answer<ReportingWebhook> wanted)
      throws InterruptedException {
    return wanted instanceof Answer.Given<ReportingWebhook>(var webhook)
        ? api.update(webhook)
        : wanted;
  }
}
