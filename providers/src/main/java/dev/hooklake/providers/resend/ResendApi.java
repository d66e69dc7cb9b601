package dev.hooklake.providers.resend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Authorization;
import dev.hooklake.providers.Call;
import dev.hooklake.providers.Items;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Page;
import dev.hooklake.providers.PageWalk;
import dev.hooklake.providers.Patience;
import dev.hooklake.providers.ProviderHttp;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resend's list of emails, newest first, of the last 30 days; and its own counts. Safe for many
/// threads.
public final class ResendApi {
  public static final URI API = URI.create("https://api.resend.com");
  private static final int PAGE = 100;
  private static final String EMAILS = "Resend emails";

  private final ProviderHttp http;

  public ResendApi(ProviderHttp http) {
    this.http = http;
  }

  /// A client of its own.
  ///
  /// @param key with full access; one for sending only is refused
  public static ResendApi of(URI api, String key, Pace pace) {
    return new ResendApi(new ProviderHttp(api, Authorization.bearer(key), pace, Patience.USUAL));
  }

  /// Every email, newest first: the list takes no window, so stop when they are old enough.
  public PageWalk<ResendEmail> emails() {
    return new PageWalk<>(EMAILS, this::page);
  }

  /// Its own counts of all emails by UTC day. May be up to 15 minutes old.
  ///
  /// @param metrics such as `delivered` and `unique_opened`; rates are no counts
  /// @param from first day
  /// @param to last day, included; of today what there is
  public Answer<DailyCounts> dailyCounts(List<String> metrics, LocalDate from, LocalDate to)
      throws InterruptedException {
    Call call =
        Call.get("/emails/metrics")
            .with("start_date", DailyCounts.midnight(from))
            // Midnight, whether or not it is included: what falls into the next day is passed over.
            .with("end_date", DailyCounts.midnight(to.plusDays(1)))
            .with("timezone", "UTC")
            .with("granularity", "daily")
            .with("dimensions", "period")
            .with("metrics", String.join(",", metrics));
    return http.send(call).then(json -> DailyCounts.of(json, metrics));
  }

  private Answer<Page<ResendEmail>> page(@Nullable String after) throws InterruptedException {
    return http.send(Call.get("/emails").with("limit", PAGE).with("after", after))
        .then(ResendApi::page);
  }

  private static Answer<Page<ResendEmail>> page(JsonNode json) {
    boolean more = json.path("has_more").asBoolean();
    return Items.of(json, "data", EMAILS, ResendEmail::of)
        .map(emails ->
            new Page<>(
                emails, more && !emails.isEmpty() ? emails.get(emails.size() - 1).id() : null));
  }
}
