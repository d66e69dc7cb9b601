package dev.hooklake.server.app.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a provider posts to: our path, and the base URL before it when the whole URL was given.
public record WebhookPlace(String path, @Nullable String baseUrl) {
  private static final Pattern FORM =
      Pattern.compile("(https?://[^/?#@\\s]+)?(/[A-Za-z0-9._~/-]*)", Pattern.CASE_INSENSITIVE);

  static Optional<WebhookPlace> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new WebhookPlace(matcher.group(2), matcher.group(1)))
        : Optional.empty();
  }
}
