package dev.hooklake.server.reconciliation;

import dev.hooklake.providers.Failure;
import dev.hooklake.providers.PageWalk;
import dev.hooklake.providers.resend.ResendApi;
import dev.hooklake.providers.resend.ResendEmail;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// Resend's list of emails. It takes no window, so it is read from its newest end until it is older
/// than what was asked for; it ends by itself after 30 days.
public record ResendHistory(String source, ResendApi api) implements ProviderHistory {
  private static final int KEPT_DAYS = 30;

  @Override
  public Walk walk(LocalDate newest, LocalDate oldest) {
    return new FromTheNewest(source, api.emails(), newest, oldest);
  }

  @Override
  public LocalDate reachesBackTo(LocalDate today) {
    return today.minusDays(KEPT_DAYS - 1);
  }

  @Override
  public Look subscription() {
    return new Look.Seen(Subscription.UNKNOWN);
  }

  @Override
  public List<Reported> reported(List<Parent> parents, LocalDate from, LocalDate to) {
    return List.of();
  }

  /// Hands over what was made on the days asked for; a day is done when an older one begins.
  private static final class FromTheNewest implements Walk {
    private final String source;
    private final PageWalk<ResendEmail> pages;
    private final LocalDate newest;
    private final LocalDate oldest;
    private LocalDate reached;
    private boolean ended;
    private boolean told = true;

    FromTheNewest(String source, PageWalk<ResendEmail> pages, LocalDate newest, LocalDate oldest) {
      this.source = source;
      this.pages = pages;
      this.newest = newest;
      this.oldest = oldest;
      this.reached = newest;
    }

    @Override
    public Step next() throws InterruptedException {
      if (!told) {
        told = true;
        return new Step.DayDone(reached.plusDays(1));
      }
      if (ended) {
        return new Step.End();
      }
      return switch (pages.next()) {
        case PageWalk.Step.Broken<ResendEmail>(Failure why) -> new Step.Broken(why.message());
        case PageWalk.Step.End<ResendEmail>() -> end();
        case PageWalk.Step.Items<ResendEmail>(List<ResendEmail> items) -> page(items);
      };
    }

    private Step page(List<ResendEmail> items) {
      LocalDate last = day(items.getLast());
      told = !last.isBefore(reached);
      reached = last.isBefore(reached) ? last : reached;
      ended = last.isBefore(oldest);
      return new Step.Messages(
          items.stream()
              .filter(email -> !day(email).isAfter(newest) && !day(email).isBefore(oldest))
              .map(email -> new ResendListed(source, email))
              .toList());
    }

    private Step end() {
      ended = true;
      return new Step.DayDone(oldest);
    }

    private static LocalDate day(ResendEmail email) {
      return LocalDate.ofInstant(email.created(), ZoneOffset.UTC);
    }

    @Override
    public long requests() {
      return pages.pages();
    }
  }
}
