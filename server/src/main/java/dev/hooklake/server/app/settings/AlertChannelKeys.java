package dev.hooklake.server.app.settings;

import dev.hooklake.server.alerts.channel.Channel;
import dev.hooklake.server.alerts.channel.MailChannel;
import dev.hooklake.server.alerts.channel.MailSettings;
import dev.hooklake.server.alerts.channel.MailSettings.Encryption;
import dev.hooklake.server.alerts.channel.SlackChannel;
import dev.hooklake.server.alerts.channel.WebhookChannel;
import dev.hooklake.sources.signature.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys of the channels by which people are told of alerts. Their URLs count as secrets:
/// whoever knows one can post there.
final class AlertChannelKeys {
  private static final ValueType<String> MAYBE = new ValueType<>("text", Optional::of);
  private static final ValueType<Optional<URI>> URL =
      new ValueType<>("an http or https URL", AlertChannelKeys::url);

  static final Key<Optional<URI>> WEBHOOK_URL =
      new Key<>(
          "alerts.webhook.secret-url",
          "ALERT_WEBHOOK_URL",
          "",
          URL,
          "Alerts are posted here as JSON.");
  static final Key<String> WEBHOOK_SECRET =
      new Key<>(
          "alerts.webhook.secret",
          "ALERT_WEBHOOK_SECRET",
          "",
          MAYBE,
          "Signs them as Standard Webhooks has it: whsec_ and base64; without it, no signature.");
  static final Key<Optional<URI>> SLACK_URL =
      new Key<>(
          "alerts.slack.secret-url",
          "SLACK_WEBHOOK_URL",
          "",
          URL,
          "An incoming webhook of Slack, or of what takes the same, such as Mattermost.");
  static final Key<String> HOST =
      new Key<>("alerts.email.host", "SMTP_HOST", "", MAYBE, "The mail server; empty for no mail.");
  static final Key<Integer> PORT =
      new Key<>("alerts.email.port", "SMTP_PORT", "587", ValueType.number(1, 65535), "Its port.");
  static final Key<String> ENCRYPTION =
      new Key<>(
          "alerts.email.encryption",
          null,
          "starttls",
          ValueType.oneOf(List.of("starttls", "tls", "none")),
          "starttls refuses a server that offers none; tls from the first byte.");
  static final Key<String> USER =
      new Key<>("alerts.email.user", "SMTP_USER", "", MAYBE, "To log in with; empty for none.");
  static final Key<String> PASSWORD =
      new Key<>("alerts.email.password", "SMTP_PASSWORD", "", MAYBE, "To log in with.");
  static final Key<String> FROM =
      new Key<>("alerts.email.from", null, "", MAYBE, "The sender's address.");
  static final Key<String> TO =
      new Key<>("alerts.email.to", "ALERT_EMAIL_TO", "", MAYBE, "Who gets mail, a list.");

  static final List<Key<?>> ALL =
      List.of(
          WEBHOOK_URL, WEBHOOK_SECRET, SLACK_URL, HOST, PORT, ENCRYPTION, USER, PASSWORD, FROM, TO);

  private AlertChannelKeys() {}

  static List<Channel> read(GivenSettings given) {
    var channels = new ArrayList<Channel>();
    given.value(WEBHOOK_URL).ifPresent(url -> webhook(given, url).ifPresent(channels::add));
    given.value(SLACK_URL).ifPresent(url -> channels.add(new SlackChannel(url)));
    if (!given.value(HOST).isEmpty()) {
      mail(given).ifPresent(channels::add);
    }
    return channels;
  }

  private static Optional<Channel> webhook(GivenSettings given, URI url) {
    String text = given.value(WEBHOOK_SECRET);
    @Nullable Secret secret = text.isEmpty() ? null : Secret.of(text);
    try {
      return Optional.of(new WebhookChannel(url, secret));
    } catch (IllegalArgumentException e) {
      given.refuse(
          given.where(WEBHOOK_SECRET),
          "it cannot sign",
          "give whsec_ and 16 bytes or more in base64");
      return Optional.empty();
    }
  }

  private static Optional<Channel> mail(GivenSettings given) {
    List<String> to = given.texts(TO);
    if (to.isEmpty()
        || !isAddress(given.value(FROM))
        || !to.stream().allMatch(AlertChannelKeys::isAddress)) {
      given.refuse(
          given.where(HOST),
          "mail needs a sender and somebody who gets it",
          "give addresses with " + FROM.name() + " and " + TO.name());
      return Optional.empty();
    }
    String user = given.value(USER);
    return Optional.of(
        new MailChannel(
            new MailSettings(
                given.value(HOST),
                given.value(PORT),
                Encryption.valueOf(given.value(ENCRYPTION).toUpperCase(Locale.ROOT)),
                user.isEmpty() ? null : user,
                user.isEmpty() ? null : given.value(PASSWORD),
                given.value(FROM),
                to)));
  }

  private static boolean isAddress(String text) {
    return text.matches("[^@\\s<>,]+@[^@\\s<>,]+");
  }

  private static Optional<Optional<URI>> url(String text) {
    if (text.isEmpty()) {
      return Optional.of(Optional.empty());
    }
    try {
      URI url = new URI(text);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      return web && url.getHost() != null && url.getRawUserInfo() == null
          ? Optional.of(Optional.of(url))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
