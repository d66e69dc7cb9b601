package dev.hooklake.server.reconciliation;

import dev.hooklake.providers.twilio.TwilioApi;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Twilio's list of messages by the day they were sent.
public record TwilioHistory(String source, TwilioApi api) implements ProviderHistory {

  @Override
  public Walk walk(LocalDate newest, LocalDate oldest) {
    return new DayWalk<>(
        newest,
        oldest,
        day ->
            api.messages(
                day.atStartOfDay().toInstant(ZoneOffset.UTC),
                day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)),
        messages -> messages.stream().map(message -> new TwilioListed(source, message)).toList());
  }

  /// Each message names its own callback address, which the list does not show.
  @Override
  public Look subscription() {
    return new Look.Seen(Subscription.UNKNOWN);
  }
}
