package dev.hooklake.providers.twilio;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Twilio's list of messages. Safe for many threads.
public final class TwilioApi {
  public static final URI API = URI.create("https://api.twilio.com");
  private static final int PAGE = 1_000;
  private static final String MESSAGES = "Twilio messages";

  private final ProviderHttp http;
  private final String list;

  public TwilioApi(ProviderHttp http, String accountSid) {
    if (!accountSid.matches("AC[0-9a-fA-F]{32}")) {
      throw new IllegalArgumentException("an account SID is AC and 32 hex digits");
    }
    this.http = http;
    this.list = "/2010-04-01/Accounts/" + accountSid + "/Messages.json";
  }

  /// A client of its own for one account.
  public static TwilioApi of(URI api, String accountSid, Login login, Pace pace) {
    Authorization authorization = Authorization.basic(login.user(), login.secret());
    return new TwilioApi(new ProviderHttp(api, authorization, pace, Patience.USUAL), accountSid);
  }

  /// What Twilio lets in.
  ///
  /// @param user the account SID, or an API key's SID
  /// @param secret the auth token, or the API key's secret
  public record Login(String user, String secret) {
    @Override
    public String toString() {
      return "Login[hidden]";
    }
  }

  /// Messages sent from `from` on and before `to`. Messages that never left (failed, canceled,
  /// scheduled) may be missing: the filter goes by the time of sending.
  public PageWalk<TwilioMessage> messages(Instant from, Instant to) {
    Call first =
        Call.get(list)
            .with("PageSize", PAGE)
            .with("DateSent>", from.truncatedTo(ChronoUnit.SECONDS))
            .with("DateSent<", to.minusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
    return new PageWalk<>(MESSAGES, cursor -> page(first, cursor));
  }

  private Answer<Page<TwilioMessage>> page(Call first, @Nullable String cursor)
      throws InterruptedException {
    // The key goes along: only to our own list, never where else an answer points.
    if (cursor != null && !cursor.startsWith(list + "?")) {
      return Answer.failed(
          new Failure.Unreadable("the list of Twilio messages goes on at another address"));
    }
    Answer<JsonNode> answer = http.send(cursor == null ? first : Call.following(list, cursor));
    return answer.then(json ->
        Items.of(json, "messages", MESSAGES, TwilioMessage::of)
            .map(messages -> new Page<>(messages, next(json))));
  }

  private static @Nullable String next(JsonNode json) {
    JsonNode next = json.path("next_page_uri");
    return next.isTextual() ? next.asText() : null;
  }
}
