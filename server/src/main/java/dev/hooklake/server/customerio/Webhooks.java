package dev.hooklake.server.customerio;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.ReportingWebhook;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The webhooks of an account, and which of them lead to a source of ours.
///
/// A webhook is ours by its path: under which name the world reaches this server, it does not know.
///
/// @param path where the source receives
public record Webhooks(String path, CustomerIoApi api) {

  /// A webhook at the address that was asked for.
  ///
  /// @param created false when it was there already
  public record Registered(ReportingWebhook webhook, boolean created) {

    /// What a person does next, in this order; nothing once it is switched on.
    public List<String> nextSteps() {
      if (!webhook.disabled()) {
        return List.of();
      }
      return List.of(
          "In Customer.io: Integrations, Reporting Webhooks, the webhook named '"
              + webhook.name()
              + "'; copy its signing key.",
          "Set CUSTOMERIO_WEBHOOK_SECRET to it and restart the server.",
          "./hooklake customerio webhooks test " + webhook.id(),
          "./hooklake customerio webhooks enable " + webhook.id());
    }
  }

  /// Those that lead here.
  public Answer<List<ReportingWebhook>> leadingHere() throws InterruptedException {
    return api.webhooks()
        .map(all -> all.stream().filter(webhook -> leadsHere(webhook.endpoint())).toList());
  }

  public boolean leadsHere(String endpoint) {
    return !path.isEmpty() && endpoint.replaceAll("[?#].*", "").endsWith(path);
  }

  /// Registers an address, switched off; one that is registered already is left as it is.
  public Answer<Registered> register(URI endpoint, WebhookWish wish) throws InterruptedException {
    requireOurs(endpoint);
    Answer<Optional<ReportingWebhook>> before = at(endpoint);
    if (!(before instanceof Answer.Given<Optional<ReportingWebhook>>(var there))
        || there.isPresent()) {
      return before.map(found -> new Registered(found.orElseThrow(), false));
    }
    Answer<ReportingWebhook> answer = api.create(wish.created(endpoint.toString()));
    if (!perhapsDone(answer)) {
      return answer.map(webhook -> new Registered(webhook, true));
    }
    // The answer was lost: if it was created, it is in the list.
    return at(endpoint)
        .then(found ->
            found
                .map(webhook -> Answer.given(new Registered(webhook, true)))
                .orElseGet(() -> answer.map(webhook -> new Registered(webhook, true))));
  }

  /// Refuses an address that does not lead to the source, with an [IllegalArgumentException].
  public void requireOurs(URI endpoint) {
    if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).matches("https?")) {
      throw new IllegalArgumentException(
          "the endpoint is the whole address, with https:// and a host");
    }
    if (path.isEmpty() || !String.valueOf(endpoint.getPath()).endsWith(path)) {
      throw new IllegalArgumentException(
          "the endpoint does not end with " + path + ", where the source receives webhooks");
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
        && why instanceof Failure.Unavailable;
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
